-- Numbers that wait for a person. said: JSON of what is proposed; the other columns are what is looked for.
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY,
  figure TEXT NOT NULL,
  state TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  said TEXT NOT NULL,
  settled_by TEXT,
  settled_at TEXT,
  settled_reason TEXT
);
CREATE INDEX proposal_figure ON proposal (state, figure, id);
