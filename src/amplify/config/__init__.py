"""Settings of the process: flags, then AMPLIFY_*, then defaults."""
