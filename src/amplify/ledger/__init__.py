"""The only truth, on disk."""
