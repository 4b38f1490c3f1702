-- ?1 who asks, ?2 now. NULL: the administrator. A manager of one of its spaces, or for a further device of one's own, oneself.
SELECT
    enrolment.id, invitation.no, enrolment.phrase, enrolment.name, invitation.member IS NOT NULL,
    enrolment.device_name, enrolment.platform, enrolment.app,
    enrolment.asked_ms, enrolment.expires_ms, enrolment.confirmed
FROM enrolment
JOIN invitation ON invitation.no = enrolment.invitation
LEFT JOIN device AS maker ON maker.no = invitation.made_by
WHERE enrolment.expires_ms > ?2 AND (
    ?1 IS NULL
    OR (invitation.member = ?1 AND maker.member = ?1)
    OR EXISTS (
        SELECT 1
        FROM invitation_grant
        JOIN membership ON membership.space = invitation_grant.space
        WHERE invitation_grant.invitation = invitation.no
          AND membership.member = ?1 AND membership.role = 'manager'
    )
)
ORDER BY enrolment.no
