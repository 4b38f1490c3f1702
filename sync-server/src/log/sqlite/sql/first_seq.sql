-- The number of the first change of a document, or under which its epoch began.
SELECT min(seq) FROM (
    SELECT seq FROM change WHERE document = ?1
    UNION ALL
    SELECT erasure.seq
    FROM document
    JOIN erasure
        ON erasure.document = document.id AND erasure.space = document.space AND erasure.epoch = document.epoch
    WHERE document.no = ?1
)
