-- What the server behind a channel has said that it is and takes: JSON, words by name.
ALTER TABLE account ADD COLUMN traits TEXT;
