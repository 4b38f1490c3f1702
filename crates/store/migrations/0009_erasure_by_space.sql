-- A tombstone holds in its own space: another one with the same id in another space says nothing of this record.
DROP INDEX erasure_whole;
CREATE UNIQUE INDEX erasure_whole ON erasure (document, space) WHERE epoch IS NULL;
