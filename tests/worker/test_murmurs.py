"""What libraries warn of is told on the worker's own way, without secrets and without tracebacks."""

import logging
import warnings

from amplify.worker.murmurs import overheard

SECRET = "kQ4vT9xW2mZ7bN5c"


def test_what_a_library_says_is_told_in_one_line_without_secrets():
    said: list[str] = []
    library = logging.getLogger("a.library")
    with overheard(said.append, lambda: {SECRET}):
        library.info("GET /?token=%s", SECRET)
        library.error("GET /?token=%s\nfailed", SECRET)
        try:
            {}[SECRET]
        except KeyError:
            library.exception("a task")
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(f"{SECRET} is old", stacklevel=1)
    library.error("too late")
    first, second, third = said
    assert first == "a.library: GET /?token=[secret] failed"
    assert second == "a.library: a task (KeyError: '[secret]')"
    assert "UserWarning: [secret] is old" in third
