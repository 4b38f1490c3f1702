-- ?1 who asks, ?2 now. NULL: the administrator. Those that a manager of one of its spaces, or for a further device of one's own,
-- oneself may withdraw: nobody used it, nobody was turned away, and it or the device that waits by it has time left.
SELECT
    invitation.no, invitation.id, subject.id, subject.name, person.id, person.name,
    invitation.created_ms, coalesce(enrolment.expires_ms, invitation.expires_ms), enrolment.no IS NOT NULL,
    invitation.member
FROM invitation
LEFT JOIN member AS subject ON subject.no = invitation.member
LEFT JOIN device AS maker ON maker.no = invitation.made_by
LEFT JOIN member AS person ON person.no = maker.member
LEFT JOIN enrolment ON enrolment.invitation = invitation.no AND enrolment.expires_ms > ?2
WHERE invitation.used_by IS NULL
    AND invitation.refused_ms IS NULL
    AND maker.revoked_ms IS NULL
    AND coalesce(enrolment.expires_ms, invitation.expires_ms) > ?2
    AND (
        ?1 IS NULL
        OR (invitation.member = ?1 AND maker.member = ?1)
        OR EXISTS (
            SELECT 1
            FROM invitation_grant
            JOIN space ON space.no = invitation_grant.space AND space.kind <> 'personal'
            JOIN membership ON membership.space = invitation_grant.space
            WHERE invitation_grant.invitation = invitation.no
              AND membership.member = ?1 AND membership.role = 'manager'
        )
    )
ORDER BY invitation.no
