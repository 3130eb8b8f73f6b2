"""The walls as followers would see them: one plain page, and the same as JSON."""
