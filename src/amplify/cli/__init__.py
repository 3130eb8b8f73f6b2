"""The entrance for coordinators at a terminal."""
