-- What a search looks at: kwadrans.Fold of the topic's name and of each attendee's name and address.
ALTER TABLE booking ADD COLUMN seek TEXT NOT NULL DEFAULT '';
-- The lists: what is to come and what is past, and what was cancelled.
CREATE INDEX booking_live ON booking (start_ms, id, end_ms, state) WHERE state <> 'cancelled';
CREATE INDEX booking_gone ON booking (start_ms, id) WHERE state = 'cancelled';

-- Changes that can still be taken back: no step of that revision was ever claimed.
CREATE TABLE undo (
  booking TEXT PRIMARY KEY REFERENCES booking (id) ON DELETE CASCADE,
  rev     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
