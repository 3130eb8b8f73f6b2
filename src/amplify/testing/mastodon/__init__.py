"""A look-alike of Mastodon 4.6, as strict as it is about what amplify uses."""
