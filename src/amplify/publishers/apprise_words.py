"""What a courier of Apprise says on lines of its own: shared with who sends it, and free of everything that is slow to load."""

#: Right before the first byte of the post leaves.
BEGUN = "begun"
#: Instead of an answer: Apprise is not installed, or does not understand the address.
MISSING, STRANGE = "missing", "strange"
