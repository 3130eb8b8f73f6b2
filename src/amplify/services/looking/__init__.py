"""`check` in pieces: each file of posts looked at by itself, remembered, and together only with what it touches."""
