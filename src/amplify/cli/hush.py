"""What libraries say to nobody in particular is not shown while accounts are visited: it may quote addresses with tokens.

What went wrong is told by what they raise.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hushed() -> Iterator[None]:
    """Inside, warnings and logs of libraries go nowhere; Python would print them."""
    nowhere = logging.NullHandler()
    logging.root.addHandler(nowhere)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        logging.root.removeHandler(nowhere)
