"""Where workers are born quickly: this process has loaded every library once, and each worker is a fork of it.

A worker is a process like any other, with its own memory, files and connections; only the two seconds that Python
takes to load the client libraries are saved, hundreds of times. Orders come in, and births and ends go out, as lines
of JSON. No thread runs here, and no connection is open: nothing is shared with a worker but code.
"""

import json
import os
import resource
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

_HEAVY = (
    "bench.chaos.player",
    "amplify.worker.work",
    "amplify.ledger.sqlite",
    "amplify.authoring.author",
    "atproto",
    "telegram",
    "telegram.request",
    "mastodon",
)
_CHILD = {signal.SIGCHLD}


def main() -> None:
    for name in _HEAVY:
        import_module(name)
    signal.signal(signal.SIGCHLD, lambda *_: _bury())
    _say(ready=True)
    for line in sys.stdin:
        signal.pthread_sigmask(signal.SIG_BLOCK, _CHILD)  # a birth is told before its end
        pid = os.fork()
        if not pid:
            _live(json.loads(line))
        _say(born=pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _CHILD)


def _bury() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _say(ended=pid, status=os.waitstatus_to_exitcode(status))


def _live(order: dict[str, Any]) -> None:
    """A worker's whole life; does not return."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _CHILD)
        os.setsid()
        _redirect(order["log"])
        os.environ.update(order["environ"])
        if order["largest"]:
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest"], resource.RLIM_INFINITY))
        if order["uid"]:
            os.setgroups([])
            os.setuid(order["uid"])
        from bench.chaos.player import play

        play(Path(order["root"]), order["hook"], watching=order["watching"])
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, a fork must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _redirect(log: str) -> None:
    """What the worker says goes to its log; it hears nothing."""
    silence, said = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    for file, place in ((silence, 0), (said, 1), (said, 2)):
        os.dup2(file, place)


def _say(**words: object) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
