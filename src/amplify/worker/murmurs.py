"""What libraries say to nobody in particular: their warnings and errors, without secrets and without tracebacks.

Else Python prints them as they are, on the worker's own way to the journal.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from amplify.domain.secrecy import Secrecy


class _Listener(logging.Handler):
    def __init__(self, say: Callable[[str], None], secrets: Callable[[], Collection[str]]) -> None:
        super().__init__(logging.WARNING)
        self._say = say
        self._secrets = secrets

    def emit(self, record: logging.LogRecord) -> None:
        try:
            said = " ".join(f"{record.name}: {record.getMessage()}{_error(record)}".split())
            self._say(Secrecy.of(self._secrets()).struck_out(said))
        except Exception:  # noqa: BLE001 - whoever logs must not fail because of it
            self.handleError(logging.makeLogRecord({"msg": "what a library said could not be told"}))


@contextmanager
def overheard(say: Callable[[str], None], secrets: Callable[[], Collection[str]]) -> Iterator[None]:
    """Inside, what libraries say is told by `say`; `secrets` are those that are known by then."""
    listener = _Listener(say, secrets)
    logging.root.addHandler(listener)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        logging.root.removeHandler(listener)


def _error(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return f" ({type(error).__name__}: {error})" if error is not None else ""
