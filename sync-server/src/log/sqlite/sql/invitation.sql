-- It stands while the device it was made on is not put out, and its person still manages the spaces it opens.
SELECT
    invitation.no,
    invitation.member,
    invitation.expires_ms,
    invitation.used_by,
    invitation.refused_ms IS NOT NULL,
    invitation.made_by,
    invitation.made_by IS NULL OR (
        maker.revoked_ms IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM invitation_grant
            LEFT JOIN membership
                ON membership.space = invitation_grant.space AND membership.member = maker.member
            WHERE invitation_grant.invitation = invitation.no
              AND membership.role IS NOT 'manager'
        )
    )
FROM invitation
LEFT JOIN device AS maker ON maker.no = invitation.made_by
WHERE invitation.secret_hash = ?1
