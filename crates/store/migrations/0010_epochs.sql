-- Documents that begin anew, without words that were taken out of them.

-- Edits of this device that were not sent then and were not made again: what they wrote, as JSON. Nothing else holds it.
ALTER TABLE quarantine ADD COLUMN said TEXT;

-- The server had it before its log began anew, and it is offered again: no news for anybody.
ALTER TABLE change ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
