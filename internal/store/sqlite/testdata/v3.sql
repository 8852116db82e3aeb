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

INSERT INTO meta VALUES ('install', '9ad500e4');
INSERT INTO profile VALUES (1, 'Ola', 'a@example.com', 'Europe/Warsaw', 'pl', '');
INSERT INTO mail_account VALUES (1, 'a@example.com', 'localhost', 25, 'none', 'a', X'00F24B5CBD195AD3521A8253D496DEFCA1E8D3C8FC7A895163772A458E4A545757A22D2095064A');
INSERT INTO schedule VALUES ('default', '{"name":"default","zone":"Europe/Warsaw","weekly":{"mon":["9:00-17:00"],"tue":["9:00-17:00"],"wed":["9:00-17:00"],"thu":["9:00-17:00"],"fri":["9:00-17:00"]},"exceptions":[]}');
INSERT INTO topic VALUES ('rozmowa', 'default', '{"slug":"rozmowa","name":"Rozmowa","description":"","colour":"green","on":true,"listed":true,"duration":"30m","places":[{"kind":"zoom"}],"schedule":"default","step":"15m","buffer_before":"0s","buffer_after":"0s","min_notice":"0s","max_days":90,"daily_limit":0,"weekly_limit":0,"change":{"may_move":true,"move_before":"24h","max_moves":2,"may_cancel":true,"cancel_before":"24h"}}', 1796115600000);
INSERT INTO booking VALUES ('00000001-0000-7000-8000-0000000000aa', '00000001-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 600, 0, 'Europe/Warsaw', 1796115600000, 1796117400000, 1796115600000, 1796117400000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000002-0000-7000-8000-0000000000aa', '00000002-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 660, 0, 'Europe/Warsaw', 1796119200000, 1796121000000, 1796119200000, 1796121000000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000003-0000-7000-8000-0000000000aa', '00000003-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 720, 0, 'Europe/Warsaw', 1796122800000, 1796124600000, 1796122800000, 1796124600000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000004-0000-7000-8000-0000000000aa', '00000004-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 780, 0, 'Europe/Warsaw', 1796126400000, 1796128200000, 1796126400000, 1796128200000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000005-0000-7000-8000-0000000000aa', '00000005-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 840, 0, 'Europe/Warsaw', 1796130000000, 1796131800000, 1796130000000, 1796131800000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000006-0000-7000-8000-0000000000aa', '00000006-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 900, 0, 'Europe/Warsaw', 1796133600000, 1796135400000, 1796133600000, 1796135400000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000007-0000-7000-8000-0000000000aa', '00000007-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 960, 0, 'Europe/Warsaw', 1796137200000, 1796139000000, 1796137200000, 1796139000000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000008-0000-7000-8000-0000000000aa', '00000008-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1020, 0, 'Europe/Warsaw', 1796140800000, 1796142600000, 1796140800000, 1796142600000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000009-0000-7000-8000-0000000000aa', '00000009-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1080, 0, 'Europe/Warsaw', 1796144400000, 1796146200000, 1796144400000, 1796146200000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000a-0000-7000-8000-0000000000aa', '0000000a-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1140, 0, 'Europe/Warsaw', 1796148000000, 1796149800000, 1796148000000, 1796149800000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000b-0000-7000-8000-0000000000aa', '0000000b-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1200, 0, 'Europe/Warsaw', 1796151600000, 1796153400000, 1796151600000, 1796153400000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000c-0000-7000-8000-0000000000aa', '0000000c-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1260, 0, 'Europe/Warsaw', 1796155200000, 1796157000000, 1796155200000, 1796157000000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000d-0000-7000-8000-0000000000aa', '0000000d-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1320, 0, 'Europe/Warsaw', 1796158800000, 1796160600000, 1796158800000, 1796160600000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000e-0000-7000-8000-0000000000aa', '0000000e-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-01', 1380, 0, 'Europe/Warsaw', 1796162400000, 1796164200000, 1796162400000, 1796164200000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('0000000f-0000-7000-8000-0000000000aa', '0000000f-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 0, 0, 'Europe/Warsaw', 1796166000000, 1796167800000, 1796166000000, 1796167800000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000010-0000-7000-8000-0000000000aa', '00000010-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 60, 0, 'Europe/Warsaw', 1796169600000, 1796171400000, 1796169600000, 1796171400000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000011-0000-7000-8000-0000000000aa', '00000011-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 120, 0, 'Europe/Warsaw', 1796173200000, 1796175000000, 1796173200000, 1796175000000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000012-0000-7000-8000-0000000000aa', '00000012-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 180, 0, 'Europe/Warsaw', 1796176800000, 1796178600000, 1796176800000, 1796178600000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000013-0000-7000-8000-0000000000aa', '00000013-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 240, 0, 'Europe/Warsaw', 1796180400000, 1796182200000, 1796180400000, 1796182200000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO booking VALUES ('00000014-0000-7000-8000-0000000000aa', '00000014-0000-7000-8000-0000000000aa@kwadrans', 'rozmowa', 'Rozmowa „o wszystkim”', 'me', 'Ola Żak', 'host@example.com', '2026-12-02', 300, 0, 'Europe/Warsaw', 1796184000000, 1796185800000, 1796184000000, 1796185800000, '{"kind":"zoom","waiting_room":true}', '{"may_move":true,"move_before":"1h","max_moves":2,"may_cancel":false,"cancel_before":"0s"}', 'Zażółć
gęślą', 'provisioning', 1, NULL, NULL, NULL, NULL, '', '', 1796115600000, 1796115600000, 'rozmowa „o wszystkim”
zazolc
gesla
numer sprawy: ii c 12/26
jan
jan@example.com
anna
anna@example.com', 'Numer sprawy: II C 12/26');
INSERT INTO attendee VALUES ('00000001-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000001-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000002-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000002-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000003-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000003-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000004-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000004-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000005-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000005-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000006-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000006-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000007-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000007-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000008-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000008-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000009-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000009-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000a-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000a-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000b-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000b-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000c-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000c-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000d-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000d-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000e-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000e-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('0000000f-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('0000000f-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000010-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000010-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000011-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000011-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000012-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000012-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000013-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000013-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO attendee VALUES ('00000014-0000-7000-8000-0000000000aa', 0, 'Jan', 'jan@example.com', 'Europe/Warsaw', 'pl', 'none', 0);
INSERT INTO attendee VALUES ('00000014-0000-7000-8000-0000000000aa', 1, 'Anna', 'anna@example.com', 'America/New_York', 'en', 'none', 0);
INSERT INTO step VALUES ('00000001-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000001-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000001-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000002-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000002-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000002-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000003-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000003-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000003-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000004-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000004-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000004-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000005-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000005-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000005-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000006-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000006-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000006-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000007-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000007-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000007-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000008-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000008-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000008-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000009-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000009-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000009-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000a-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000a-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000a-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000b-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000b-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000b-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000c-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000c-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000c-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000d-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000d-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000d-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000e-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000e-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000e-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000f-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000f-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('0000000f-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000010-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000010-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000010-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000011-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000011-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000011-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000012-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000012-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000012-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000013-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000013-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000013-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000014-0000-7000-8000-0000000000aa', 'letter:anna@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000014-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 'mail', 'zoom', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO step VALUES ('00000014-0000-7000-8000-0000000000aa', 'zoom', 'zoom/make/me', '', 1, 1, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0);
INSERT INTO pause VALUES ('calendar', 253370764800000, '', '');
INSERT INTO letter VALUES ('00000001-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030312D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796115600000);
INSERT INTO letter VALUES ('00000002-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030322D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796119200000);
INSERT INTO letter VALUES ('00000003-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030332D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796122800000);
INSERT INTO letter VALUES ('00000004-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030342D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796126400000);
INSERT INTO letter VALUES ('00000005-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030352D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796130000000);
INSERT INTO letter VALUES ('00000006-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030362D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796133600000);
INSERT INTO letter VALUES ('00000007-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030372D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796137200000);
INSERT INTO letter VALUES ('00000008-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030382D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796140800000);
INSERT INTO letter VALUES ('00000009-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030392D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796144400000);
INSERT INTO letter VALUES ('0000000a-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030612D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796148000000);
INSERT INTO letter VALUES ('0000000b-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030622D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796151600000);
INSERT INTO letter VALUES ('0000000c-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030632D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796155200000);
INSERT INTO letter VALUES ('0000000d-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030642D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796158800000);
INSERT INTO letter VALUES ('0000000e-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030652D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796162400000);
INSERT INTO letter VALUES ('0000000f-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303030662D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796166000000);
INSERT INTO letter VALUES ('00000010-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303031302D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796169600000);
INSERT INTO letter VALUES ('00000011-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303031312D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796173200000);
INSERT INTO letter VALUES ('00000012-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303031322D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796176800000);
INSERT INTO letter VALUES ('00000013-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303031332D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796180400000);
INSERT INTO letter VALUES ('00000014-0000-7000-8000-0000000000aa', 'letter:jan@example.com', 1, 'm', '', '', X'30303030303031342D303030302D373030302D383030302D303030303030303030306161', 1796115600000, 1796184000000);
INSERT INTO event VALUES (1, '00000001-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (2, '00000002-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (3, '00000003-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (4, '00000004-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (5, '00000005-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (6, '00000006-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (7, '00000007-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (8, '00000008-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (9, '00000009-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (10, '0000000a-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (11, '0000000b-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (12, '0000000c-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (13, '0000000d-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (14, '0000000e-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (15, '0000000f-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (16, '00000010-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (17, '00000011-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (18, '00000012-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (19, '00000013-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO event VALUES (20, '00000014-0000-7000-8000-0000000000aa', 1796115600000, 'host', 'created', '', '');
INSERT INTO connection VALUES ('personal', 'connected', '{"user_id":"","account_id":"","email":"","name":"","type":0,"zone":""}', '', '', '', 1796115600000, 0, 0);
INSERT INTO credential VALUES ('personal', 1, X'8AFD06A50C1F5C9CB9E3670E5CFB9AFAFB5F133766C06EA760008AE6D3B2C88EDE93B8B680CF907DEBF4B5DA4628862AC5CD3DAF8DDD5C9758E3B1A2472ED2BE3AD93A00578BB3DAEFE816A1C116912D8CA633C4B5E6395BE7BCDDD95D8800F9DB06A71A2F57DCD4A0D73885821DB8FB4CAF5BDED818A3E7727EC5A6FA5C8A68AF57DB24370BABFA26');
INSERT INTO stray VALUES (9, '', 'unknown', '', 1796115600000, 1796115600000, 1796115600000, 1);
INSERT INTO calendar VALUES ('00000001-0000-7000-8000-0000000000aa', 'feed', 'Dom „Ż”', 'https://calendar.example.com/…', 'b5ef71a89e6ce83e04a1d85e0acae685699f310f36514df88ddd97858760d388', X'61961E2C14BA1E17298B89A61EF86A088292277E97322027C20032FC2CB42A892FF42833ADC170FF930C0CA5BD97D1EAF19B7926D197FB0B236473020FDFE389A53FDD5E59CB77249E9FA5A586853CCE0E', 'ola', X'92492A1B215F447D10AC8B13E507269C04AF8A9A3F8B56F0685E417ABF20B3DD91E1844432D294', 0, '#12ab34', 1, 0, 1, 1796112000000);
INSERT INTO calendar VALUES ('00000002-0000-7000-8000-0000000000aa', 'caldav', 'Praca', 'https://dav.example.com/a/', 'https://dav.example.com/a/', NULL, '', X'89258A69177432ABA923465B720FE2A02AFE3E17BB6E132623812D200A69C2CB364200BDB1A1113AA6', 0, '', 0, 1, 0, 1796115600000);
INSERT INTO calendar_object VALUES (1, '00000001-0000-7000-8000-0000000000aa', '', '1', X'424547494E3A5643414C454E4441520D0AC5BCC3B3C58277');
INSERT INTO calendar_object VALUES (2, '00000002-0000-7000-8000-0000000000aa', '', '1', X'424547494E3A5643414C454E4441520D0AC5BCC3B3C58277');
INSERT INTO source VALUES ('00000001-0000-7000-8000-0000000000aa', 1, 1796115600000, 0, 0, 0, '', '', 0, '', '', '', '');
INSERT INTO source VALUES ('00000002-0000-7000-8000-0000000000aa', 1, 1796115600000, 0, 0, 0, '', '', 0, '', '', '', '');
INSERT INTO source_copy VALUES (1, '00000001-0000-7000-8000-0000000000aa', '', X'013FED284BA0B2F4B00D00A09AEDB50D00001478B89AC61C14003C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E', X'01D019466E150709070707070707070707080808080808080808086576656E74203053706F746B616E69656576656E7420316576656E7420326576656E7420336576656E7420346576656E7420356576656E7420366576656E7420376576656E7420386576656E7420396576656E742031306576656E742031316576656E742031326576656E742031336576656E742031346576656E742031356576656E742031366576656E742031376576656E742031386576656E74203139140001020103010401050106010701080109010A010B010C010D010E010F01100111011201130114010004080C1014181C2024282C3034383C4044484C');
INSERT INTO source_copy VALUES (2, '00000002-0000-7000-8000-0000000000aa', '', X'013FED284BA0B2F4B00D00A09AEDB50D00001478B89AC61C14003C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C3C1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E1E', X'01D019466E150709070707070707070707080808080808080808086576656E74203053706F746B616E69656576656E7420316576656E7420326576656E7420336576656E7420346576656E7420356576656E7420366576656E7420376576656E7420386576656E7420396576656E742031306576656E742031316576656E742031326576656E742031336576656E742031346576656E742031356576656E742031366576656E742031376576656E742031386576656E74203139140001020103010401050106010701080109010A010B010C010D010E010F01100111011201130114010004080C1014181C2024282C3034383C4044484C');
PRAGMA application_id = 1266115698;
PRAGMA user_version = 3;
PRAGMA journal_mode = WAL;
