"""The words of the campaign as types and pure functions: no I/O, no wall clock, no third-party imports."""
