"""Pictures: looked at, and developed so that they tell nothing but what is seen."""
