"""The page of `amplify preview --html`: one file, no script, nothing loaded from anywhere."""
