-- A record that is gone for good. What is known of it already stays: its kind, and what was lost with it.
INSERT INTO erasure (document, space, kind, member, at, seq, lost)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (document, space) WHERE epoch IS NULL DO UPDATE
SET kind = coalesce(kind, excluded.kind),
    member = coalesce(excluded.member, member),
    seq = coalesce(excluded.seq, seq),
    refused = NULL,
    lost = lost + excluded.lost
