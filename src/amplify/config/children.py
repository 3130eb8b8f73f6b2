"""Processes of ours that belong together: a child ends when its parent does, however the parent ends."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO

#: The option by which a child is told that it is one: its standard input closes when the parent is gone.
UNTIL_STDIN_CLOSES = "--until-stdin-closes"
_STDIN = 0


def spawn(
    words: Sequence[str], *, environ: Mapping[str, str], stdout: int | IO[bytes], stderr: int | IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Start `amplify WORDS…` as a child, out of reach of a Ctrl-C that is meant for the parent."""
    command = [sys.executable, "-m", "amplify", *words, UNTIL_STDIN_CLOSES]
    return subprocess.Popen(  # noqa: S603 - our own words
        command, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, env=dict(environ), start_new_session=True
    )


def end_with_parent(stop: Callable[[], object]) -> None:
    """Call `stop`, from another thread, once standard input closes."""

    def wait() -> None:
        while os.read(_STDIN, 1):  # not sys.stdin: its lock, held by a waiting thread, breaks the end of a process
            pass
        stop()

    threading.Thread(target=wait, daemon=True, name="parent").start()


def end(child: "subprocess.Popen[bytes]", seconds: float = 15) -> None:
    """Let a child end cleanly, and see that it does."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
