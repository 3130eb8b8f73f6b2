-- What a person wrote beside their yes, and what they said yes to: for the eyes of the next one.
ALTER TABLE approval ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE approval ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE approval ADD COLUMN due TEXT;
