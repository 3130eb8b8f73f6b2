"""Time as it runs: the clocks, and APScheduler as alarm and calendar."""
