-- What each account has used of its server's budgets, and what the server has said of them. Machine time; no line of the
-- record tells of it, because it proves nothing about posts. use: what was asked of the server, by its word in the code.
CREATE TABLE spending (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  use TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX spending_account ON spending (account, at);
CREATE TABLE word (
  account TEXT NOT NULL,
  budget TEXT NOT NULL,
  most INTEGER,
  until TEXT,
  PRIMARY KEY (account, budget)
);
