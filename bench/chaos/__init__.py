"""Real workers, real client libraries and real processes, treated badly, and what the public saw of it.

`python -m bench.chaos` plays all of it and writes docs/faults.md; tests/crash plays a small part.
"""
