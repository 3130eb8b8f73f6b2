-- Public counts as they went, each line what a network said at an instant. No line of the record tells of them: they prove
-- and decide nothing. counts: JSON.
CREATE TABLE measurement (
  key TEXT NOT NULL,
  at TEXT NOT NULL,
  counts TEXT NOT NULL,
  PRIMARY KEY (key, at)
);
