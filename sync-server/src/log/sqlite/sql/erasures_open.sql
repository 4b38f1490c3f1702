-- The spaces, also former ones, of a member in which something was erased that this device has not carried out.
SELECT space.no, space.id, space.log_epoch, (SELECT max(seq) FROM erasure WHERE erasure.space = space.no) AS last,
    coalesce(erasure_done.seq, 0) AS done
FROM membership
JOIN space ON space.no = membership.space
LEFT JOIN erasure_done ON erasure_done.device = ?2 AND erasure_done.space = space.no
WHERE membership.member = ?1 AND last > done
