"""Reads what coordinators write, and sets it in type."""
