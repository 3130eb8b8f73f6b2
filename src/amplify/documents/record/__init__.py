"""What went out, as evidence for others: lines of JSON for programs, and a page for people."""
