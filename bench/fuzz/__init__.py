"""Campaign files and server answers that have gone wrong in ways that nobody thought of, a thousand of each.

`python -m bench.fuzz` plays all of it; tests/limits plays a part.
"""
