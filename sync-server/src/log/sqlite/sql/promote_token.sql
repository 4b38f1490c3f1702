UPDATE device
SET token_hash = next_token_hash, next_token_hash = NULL, token_ms = ?2, seen_ms = ?2
WHERE no = ?1 AND next_token_hash IS NOT NULL
