"""`amplify` without its start: pages type some sixty commands, and starting takes longer than all of them together.

A process that has everything loaded waits at a socket. The `amplify` on the PATH hands it its words, folder,
environment and terminal; a copy of the process (fork) does what was typed and answers with the exit code. What goes on until
Ctrl-C is started as it always is.
"""

import array
import gc
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from amplify.cli.main import amplify

_FDS = 3
_MOST = 1 << 20

#: Once through everything that is loaded when it is needed.
_EXERCISE = (
    "init .", "check", "preview", "plan", "plan --format ics", "apply", "approve quote --by me --yes", "status",
    "stop --reason warm --by me", "resume --by me", "verify", "backup",
)  # fmt: skip

_SHIM = """\
#!{python} -IS
import array, json, os, socket, sys
words = sys.argv[1:]
if words[:1] in (["run"], ["sandbox"], ["demo"]) and "--help" not in words:
    os.execv({amplify!r}, ["amplify", *words])
with socket.socket(socket.AF_UNIX) as line:
    line.connect({address!r})
    said = json.dumps([words, os.getcwd(), dict(os.environ)]).encode()
    line.sendmsg([b"%8d" % len(said)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    line.sendall(said)
    sys.exit(int(line.recv(8)))
"""


@contextmanager
def warm(folder: Path) -> Iterator[Path]:
    """A folder to put before everything on the PATH: its `amplify` is warm."""
    address, home = folder / "line", folder / "bin"
    home.mkdir()
    shim = home / "amplify"
    amplify = str(Path(sys.executable).parent / "amplify")
    shim.write_text(_SHIM.format(python=sys.executable, amplify=amplify, address=str(address)))
    shim.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(address))
        door.listen(16)
        server = subprocess.Popen(
            [sys.executable, __file__, str(door.fileno())], pass_fds=[door.fileno()], stdout=subprocess.PIPE, text=True
        )
    with server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == "warm\n", "amplify cannot be loaded: see what it printed"
            yield home
        finally:
            server.kill()


def _serve(door: socket.socket) -> None:
    with TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        for words in _EXERCISE:
            with suppress(SystemExit):
                amplify(args=[*words.split(), "--campaign", folder])
    gc.freeze()
    print("warm", flush=True)  # noqa: T201  to who has started us
    while True:
        line, _ = door.accept()
        if os.fork() == 0:
            door.close()
            os._exit(_attend(line))
        line.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass


def _attend(line: socket.socket) -> int:
    size, more, _, _ = line.recvmsg(8, socket.CMSG_LEN(_FDS * array.array("i").itemsize))
    terminal = array.array("i")
    terminal.frombytes(more[0][2])
    said = b""
    while len(said) < int(size):
        said += line.recv(_MOST)
    child = os.fork()
    if child == 0:
        os._exit(_run(*json.loads(said), list(terminal)))
    _, status = os.waitpid(child, 0)
    line.sendall(b"%d" % os.waitstatus_to_exitcode(status))
    return 0


def _run(words: list[str], folder: str, environ: dict[str, str], terminal: list[int]) -> int:
    for number, fd in enumerate(terminal):
        os.dup2(fd, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    try:
        amplify(args=words)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001  nothing of a copy may reach the process that it was made from
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        _serve(given)
