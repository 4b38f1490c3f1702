-- ?1 the invitation, ?2 the member it is for, if they are known.
WITH opened (space, role) AS (
    SELECT space, role FROM invitation_grant WHERE invitation = ?1
    UNION ALL
    SELECT space, role FROM membership WHERE member = ?2 AND role IS NOT NULL
),
weighty AS (
    SELECT 1
    FROM opened
    JOIN space ON space.no = opened.space
    WHERE space.kind = 'partnership' OR (opened.role = 'manager' AND space.kind <> 'personal')
),
-- A manager of one of its spaces, or for a further device of one's own, oneself; with a device to look with.
able AS (
    SELECT 1
    FROM membership
    JOIN device ON device.member = membership.member AND device.revoked_ms IS NULL
    WHERE membership.role = 'manager'
      AND membership.space IN (SELECT space FROM invitation_grant WHERE invitation = ?1)
    UNION ALL
    SELECT 1
    FROM invitation
    JOIN device ON device.no = invitation.made_by AND device.member = invitation.member
    WHERE invitation.no = ?1 AND device.revoked_ms IS NULL
)
SELECT EXISTS (SELECT 1 FROM weighty) AND EXISTS (SELECT 1 FROM able)
