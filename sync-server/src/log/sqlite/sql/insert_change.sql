INSERT INTO change (space, seq, document, epoch, hash, device, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
