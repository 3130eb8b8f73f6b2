"""Kinds of sources, and what fetches their pages. A source only ever proposes."""
