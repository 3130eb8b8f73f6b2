-- Which channels the worker cannot use just now, since when (machine time), and why; a channel that answers has no row. No
-- line of the record tells of it, because it proves nothing about posts.
CREATE TABLE away (
  channel TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  why TEXT NOT NULL
);
