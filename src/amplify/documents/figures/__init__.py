"""How numbers went: as a plot for a terminal, and as a picture to print."""
