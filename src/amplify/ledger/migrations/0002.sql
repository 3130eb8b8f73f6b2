-- What servers call the pictures that they were given ahead: JSON, by delivery.
ALTER TABLE delivery ADD COLUMN staged TEXT;
