CREATE TABLE meta (
  k TEXT PRIMARY KEY,
  v TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE profile (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  name  TEXT NOT NULL,
  email TEXT NOT NULL,
  zone  TEXT NOT NULL,
  lang  TEXT NOT NULL CHECK (lang IN ('pl','en')),
  org   TEXT NOT NULL
) STRICT;

CREATE TABLE mail_account (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  from_addr TEXT NOT NULL,
  host      TEXT NOT NULL,
  port      INTEGER NOT NULL,
  tls       TEXT NOT NULL CHECK (tls IN ('starttls','implicit','none')),
  login     TEXT NOT NULL,
  password  BLOB                      -- sealed; NULL when the server asks for none
) STRICT;

CREATE TABLE schedule (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL                  -- kwadrans.Schedule as JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
  slug     TEXT PRIMARY KEY,
  schedule TEXT NOT NULL REFERENCES schedule (name),
  body     TEXT NOT NULL,             -- kwadrans.Topic as JSON
  made     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- All times are Unix milliseconds, UTC.
CREATE TABLE booking (
  id            TEXT PRIMARY KEY,
  uid           TEXT NOT NULL UNIQUE,
  topic         TEXT NOT NULL,
  topic_name    TEXT NOT NULL,
  host          TEXT NOT NULL,
  host_name     TEXT NOT NULL,
  host_email    TEXT NOT NULL,
  wall_date     TEXT NOT NULL,        -- the clock reading that the booking keeps
  wall_minutes  INTEGER NOT NULL,
  wall_fold     INTEGER NOT NULL CHECK (wall_fold IN (0,1)),
  zone          TEXT NOT NULL,
  start_ms      INTEGER NOT NULL,     -- derived from the clock reading
  end_ms        INTEGER NOT NULL,
  blocked_start INTEGER NOT NULL,     -- with the topic's buffers
  blocked_end   INTEGER NOT NULL,
  place         TEXT NOT NULL,        -- kwadrans.Place as JSON
  change        TEXT NOT NULL,        -- kwadrans.ChangePolicy as JSON
  note          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('held','provisioning','confirmed','attention','cancelled')),
  rev           INTEGER NOT NULL CHECK (rev >= 1),
  zoom_id       INTEGER,
  zoom_join     TEXT,
  zoom_passcode TEXT,
  zoom_host     TEXT,
  over          TEXT NOT NULL,        -- reason for booking over a conflict
  reason        TEXT NOT NULL,        -- of the cancellation
  created_ms    INTEGER NOT NULL,
  updated_ms    INTEGER NOT NULL,
  CHECK (start_ms < end_ms AND blocked_start <= start_ms AND end_ms <= blocked_end),
  CHECK (blocked_end - blocked_start <= 259200000) -- three days: the overlap search looks back no further
) STRICT;
CREATE INDEX booking_start ON booking (start_ms);
-- The seats: what holds a host's time. A booking over a conflict (over <> '') may share it.
CREATE INDEX booking_seat ON booking (host, blocked_start, blocked_end, start_ms, end_ms) WHERE state <> 'cancelled';

CREATE TRIGGER booking_no_overlap_insert BEFORE INSERT ON booking
WHEN NEW.state <> 'cancelled' AND NEW.over = '' AND EXISTS (
  SELECT 1 FROM booking b
  WHERE b.host = NEW.host AND b.state <> 'cancelled' AND b.id <> NEW.id
    AND b.blocked_start < NEW.blocked_end AND b.blocked_start > NEW.blocked_start - 259200000
    AND ((b.start_ms < NEW.blocked_end AND b.end_ms > NEW.blocked_start)
      OR (b.blocked_start < NEW.end_ms AND b.blocked_end > NEW.start_ms)))
BEGIN SELECT RAISE (ABORT, 'overlap'); END;

CREATE TRIGGER booking_no_overlap_update BEFORE UPDATE OF host, start_ms, end_ms, blocked_start, blocked_end, state, over ON booking
WHEN NEW.state <> 'cancelled' AND NEW.over = ''
 AND (OLD.state = 'cancelled' OR OLD.host <> NEW.host OR OLD.blocked_start <> NEW.blocked_start OR OLD.blocked_end <> NEW.blocked_end
   OR OLD.start_ms <> NEW.start_ms OR OLD.end_ms <> NEW.end_ms OR OLD.over <> NEW.over)
 AND EXISTS (
  SELECT 1 FROM booking b
  WHERE b.host = NEW.host AND b.state <> 'cancelled' AND b.id <> NEW.id
    AND b.blocked_start < NEW.blocked_end AND b.blocked_start > NEW.blocked_start - 259200000
    AND ((b.start_ms < NEW.blocked_end AND b.end_ms > NEW.blocked_start)
      OR (b.blocked_start < NEW.end_ms AND b.blocked_end > NEW.start_ms)))
BEGIN SELECT RAISE (ABORT, 'overlap'); END;

CREATE TABLE attendee (
  booking TEXT NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
  pos     INTEGER NOT NULL,
  name    TEXT NOT NULL,
  email   TEXT NOT NULL COLLATE NOCASE,
  zone    TEXT NOT NULL,
  lang    TEXT NOT NULL,
  answer  TEXT NOT NULL,
  PRIMARY KEY (booking, email)
) STRICT;

CREATE TABLE step (
  subject    TEXT NOT NULL,
  target     TEXT NOT NULL,
  lane       TEXT NOT NULL,
  needs      TEXT NOT NULL,
  live       INTEGER NOT NULL,           -- 1: the revision wanted is not a cancellation
  want       INTEGER NOT NULL,
  have       INTEGER NOT NULL DEFAULT 0,
  remote_id  TEXT NOT NULL DEFAULT '',
  account    TEXT NOT NULL DEFAULT '',   -- kwadrans.Account.Key of the outside account that has it, or may have it
  maybe_sent INTEGER NOT NULL DEFAULT 0,
  maybe_ms   INTEGER NOT NULL DEFAULT 0, -- when the last attempt of unknown outcome was given up
  ever       INTEGER NOT NULL DEFAULT 0,
  attempt    INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  fence      INTEGER NOT NULL DEFAULT 0,
  lease_ms   INTEGER NOT NULL DEFAULT 0, -- until when somebody works on it; 0 for nobody
  resumed    INTEGER NOT NULL DEFAULT 0, -- 1: a person let the lane go since the claim
  code       TEXT NOT NULL DEFAULT '',
  words      TEXT NOT NULL DEFAULT '',
  dead       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (subject, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX step_due ON step (not_before) WHERE have < want;

CREATE TABLE pause (
  lane     TEXT PRIMARY KEY,             -- this lane; with a slash at its end, every lane under it
  until_ms INTEGER NOT NULL,
  code     TEXT NOT NULL,
  words    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE letter (
  booking    TEXT NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
  target     TEXT NOT NULL,
  rev        INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  from_addr  TEXT NOT NULL,
  to_addr    TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  stamp_ms   INTEGER NOT NULL,           -- DTSTAMP
  PRIMARY KEY (booking, target, rev)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id      INTEGER PRIMARY KEY,
  booking TEXT NOT NULL REFERENCES booking (id) ON DELETE CASCADE,
  at_ms   INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  target  TEXT NOT NULL,
  detail  TEXT NOT NULL
) STRICT;
CREATE INDEX event_booking ON event (booking, id);

CREATE TABLE connection (
  kind         TEXT PRIMARY KEY CHECK (kind IN ('personal','team')),
  state        TEXT NOT NULL,
  account      TEXT NOT NULL,            -- kwadrans.Account as JSON
  client_id    TEXT NOT NULL,
  api_url      TEXT NOT NULL,
  granted      TEXT NOT NULL,            -- space separated
  connected_ms INTEGER NOT NULL,
  used_ms      INTEGER NOT NULL,
  changed_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
  kind   TEXT PRIMARY KEY CHECK (kind IN ('personal','team')),
  gen    INTEGER NOT NULL,               -- never used twice, so the row stays when the pair is forgotten
  sealed BLOB                            -- NULL when it was forgotten
) STRICT, WITHOUT ROWID;

CREATE TABLE stray (
  meeting  INTEGER PRIMARY KEY,
  booking  TEXT NOT NULL,
  why      TEXT NOT NULL CHECK (why IN ('double','cancelled','unknown')),
  topic    TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms  INTEGER NOT NULL,
  seen     INTEGER NOT NULL
) STRICT;
