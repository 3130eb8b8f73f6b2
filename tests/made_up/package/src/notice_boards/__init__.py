"""The notice boards of towns, for amplify."""
