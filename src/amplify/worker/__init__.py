"""The entrance that publishes: one process, one lane per account."""
