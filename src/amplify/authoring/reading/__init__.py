"""From the bytes of a campaign's files to domain values, with every problem at its line and column."""
