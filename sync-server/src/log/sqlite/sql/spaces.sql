SELECT
    space.id,
    space.name,
    space.kind,
    space.next_seq,
    (SELECT COUNT(*) FROM membership WHERE membership.space = space.no AND membership.role IS NOT NULL),
    (SELECT COUNT(*) FROM document WHERE document.space = space.no)
FROM space
ORDER BY space.no
