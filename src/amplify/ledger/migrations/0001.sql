-- The first schema. Instants are ISO 8601 text in UTC, all of one width, so that they sort as they stand.
-- A file of this folder that was released is never edited: a change is the next number.

-- One row: whose ledger this is, the epoch, and the end of the record.
CREATE TABLE campaign (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  last_hash TEXT NOT NULL
);

-- files: a zip archive.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  files BLOB NOT NULL
);

CREATE TABLE delivery (
  key TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  nonce TEXT NOT NULL,
  made_at TEXT NOT NULL,
  renewals INTEGER NOT NULL,
  slot TEXT NOT NULL,
  due TEXT NOT NULL,
  file TEXT NOT NULL,
  position INTEGER NOT NULL,
  digest TEXT NOT NULL,
  text TEXT NOT NULL,
  account TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  reason TEXT NOT NULL,
  worker TEXT NOT NULL,
  lease_until TEXT,
  not_before TEXT,
  begun_at TEXT,
  lost_at TEXT,
  envelope TEXT,
  receipt TEXT,
  published_at TEXT
);
CREATE INDEX delivery_lane ON delivery (state, channel, due, position, key);
CREATE INDEX delivery_due ON delivery (state, due, position, key);
CREATE INDEX delivery_sent ON delivery (account, begun_at);
CREATE UNIQUE INDEX delivery_one_sending ON delivery (account) WHERE state = 'sending';
CREATE TRIGGER delivery_keeps_its_ticket BEFORE UPDATE OF key, channel, nonce, made_at ON delivery
BEGIN
  SELECT RAISE(ABORT, 'a ticket never changes');
END;

CREATE TABLE history (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  event TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  at TEXT NOT NULL,
  content TEXT,
  salt TEXT,
  digest TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX history_key ON history (key, seq);
CREATE TRIGGER history_is_only_appended BEFORE INSERT ON history
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM history)
BEGIN
  SELECT RAISE(ABORT, 'the record is only appended to');
END;
CREATE TRIGGER history_is_never_changed
BEFORE UPDATE OF seq, key, event, before, after, at, digest, previous, hash ON history
BEGIN
  SELECT RAISE(ABORT, 'the record is never changed');
END;
CREATE TRIGGER history_is_only_purged BEFORE UPDATE OF content, salt ON history
WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'the record is never changed');
END;
CREATE TRIGGER history_is_never_removed BEFORE DELETE ON history
BEGIN
  SELECT RAISE(ABORT, 'the record is never changed');
END;

CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL REFERENCES delivery (key),
  digest TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  via TEXT NOT NULL,
  revoked_at TEXT
);
CREATE UNIQUE INDEX approval_stands ON approval (key, digest, who) WHERE revoked_at IS NULL;
CREATE INDEX approval_key ON approval (key);

CREATE TABLE stop (
  id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  channel TEXT NOT NULL,
  except_posts TEXT NOT NULL,
  lifted_at TEXT
);
CREATE TABLE resume_vote (
  stop INTEGER NOT NULL REFERENCES stop (id),
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (stop, who)
);

CREATE TABLE account (
  channel TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  halted TEXT NOT NULL,
  throttled_until TEXT,
  limits TEXT
);
CREATE INDEX account_id ON account (id);
