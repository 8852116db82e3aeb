-- Other calendars of the host, whose events make the host busy.
CREATE TABLE calendar (
  id       TEXT PRIMARY KEY,
  kind     TEXT NOT NULL CHECK (kind IN ('file','feed','caldav')),
  name     TEXT NOT NULL,
  address  TEXT NOT NULL,              -- of a feed only what may be shown: who knows all of it can read the calendar
  place    TEXT NOT NULL UNIQUE,       -- the address, of a feed its SHA-256: no calendar is added twice
  sealed   BLOB,                       -- the address of a feed, sealed; NULL when it was forgotten
  login    TEXT NOT NULL,
  secret   BLOB,                       -- sealed; NULL when there is none
  lost     INTEGER NOT NULL DEFAULT 0, -- 1: there was a secret, and it was forgotten
  colour   TEXT NOT NULL,
  all_day  INTEGER NOT NULL CHECK (all_day IN (0,1)),
  publish  INTEGER NOT NULL CHECK (publish = 0 OR publish = 1 AND kind = 'caldav'),
  near     INTEGER NOT NULL CHECK (near IN (0,1)),
  added_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX calendar_publish ON calendar (publish) WHERE publish = 1;

-- The last good copy of a calendar, as the outside has it.
CREATE TABLE calendar_object (
  id       INTEGER PRIMARY KEY,
  calendar TEXT NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
  href     TEXT NOT NULL,
  etag     TEXT NOT NULL,
  body     BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX calendar_object_href ON calendar_object (calendar, href);

-- What the looks at a source said: a calendar by its id, the Zoom meetings of a host as zoom/<host>.
CREATE TABLE source (
  name     TEXT PRIMARY KEY,
  gen      INTEGER NOT NULL DEFAULT 0, -- grows with everything that makes another copy of it
  good_ms  INTEGER NOT NULL DEFAULT 0,
  tried_ms INTEGER NOT NULL DEFAULT 0,
  next_ms  INTEGER NOT NULL DEFAULT 0,
  fails    INTEGER NOT NULL DEFAULT 0,
  code     TEXT NOT NULL DEFAULT '',
  words    TEXT NOT NULL DEFAULT '',
  doubt    INTEGER NOT NULL DEFAULT 0,
  etag     TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  token    TEXT NOT NULL DEFAULT '',
  ctag     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- What a source holds, every recurrence expanded; apart from its readings, which are written far more often.
CREATE TABLE source_copy (
  id     INTEGER PRIMARY KEY,
  source TEXT NOT NULL UNIQUE REFERENCES source (name) ON DELETE CASCADE,
  rules  TEXT NOT NULL,                -- what it was worked out by; not those of now: it counts no more
  times  BLOB NOT NULL,                -- when it is taken, packed (pack.go)
  items  BLOB NOT NULL                 -- by what
) STRICT;

-- The start that a letter told; 0 for those of before, and for those that told of none.
ALTER TABLE letter ADD COLUMN start_ms INTEGER NOT NULL DEFAULT 0;

-- What the booking was before a change that can still be taken back, as JSON; empty for a new one.
ALTER TABLE undo ADD COLUMN before TEXT NOT NULL DEFAULT '';

-- When the newest answer of an attendee was given (DTSTAMP); 0 for none.
ALTER TABLE attendee ADD COLUMN answered_ms INTEGER NOT NULL DEFAULT 0;

-- What a visitor of the page answered to the topic's questions.
ALTER TABLE booking ADD COLUMN form TEXT NOT NULL DEFAULT '';
