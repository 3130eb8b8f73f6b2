"""A look-alike of a Bluesky PDS: sessions, one repository an account, and posts judged by their lexicon."""
