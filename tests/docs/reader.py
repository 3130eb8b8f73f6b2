"""A reader at a terminal: types the commands of a page one after the other, and presses Ctrl-C where it is time.

It has no account and no secret, and reads by day: a campaign that goes out “now” is moved to where it is noon,
so that quiet hours do not decide whether the tests pass.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from docs.pages import Block

#: What goes on until somebody presses Ctrl-C.
_ENDLESS = re.compile(r"amplify (sandbox|demo|run)\b(?!.*--(once|until-idle|help))")
_PATIENCE = 60.0
_TICK = 0.05
_DRIVER = r"""
trap : INT
while IFS= read -r -d '' command <&3; do
  eval "$command" </dev/null
  printf '%d %s\n' $? "$PWD" >&4
done
"""


class Astray(AssertionError):
    """A page promises what does not happen."""


@dataclass(slots=True)
class Reader:
    """In `folder`; what commands print is in the file `printed`, what they are is in the folder `tools`."""

    folder: Path
    printed: Path
    tools: Path
    shell: "subprocess.Popen[bytes]" = field(init=False)
    _types: IO[bytes] = field(init=False)
    _ends: int = field(init=False)
    _here: Path = field(init=False)
    _code: str = ""

    def __post_init__(self) -> None:
        self._here = self.folder
        commands, types = os.pipe()
        self._ends, ended = os.pipe()
        os.set_blocking(self._ends, False)
        self._types = os.fdopen(types, "wb", buffering=0)
        with self.printed.open("wb") as output:
            script = f"exec 3<&{commands} 4>&{ended}\n{_DRIVER}"
            self.shell = subprocess.Popen(
                ["bash", "--norc", "-c", script],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(commands, ended),
                start_new_session=True,
            )
        os.close(commands)
        os.close(ended)

    def follow(self, block: Block) -> None:
        """Type what the block says, command by command. Raises Astray."""
        commands = [*_commands(block)]
        for number, (line, command) in enumerate(commands):
            last = number == len(commands) - 1
            self._type(f"{block.where.rpartition(':')[0]}:{line}", command, block.said if last else {})

    def leave(self) -> None:
        self._types.close()
        self.shell.wait(timeout=_PATIENCE)
        os.close(self._ends)

    def _type(self, where: str, command: str, said: dict[str, str]) -> None:
        before = self.printed.stat().st_size

        def output() -> str:
            return self.printed.read_bytes()[before:].decode(errors="replace")

        def astray(told: str) -> Astray:
            return Astray(f"{where}: `{command}`\n{told}, and it has printed:\n{output()}")

        promised, goes_on = said.get("prints", ""), bool(_ENDLESS.search(command))
        if goes_on and not promised:
            raise astray("goes on until Ctrl-C: say in the comment before the block what it `prints`")
        self._code = ""
        self._types.write(command.encode() + b"\0")
        if goes_on:
            if "meanwhile" in said:
                self._wait(lambda: "Took the files" in output() or self._ended(), astray)
                _say_now(self._here, said["meanwhile"].split()[0])
            self._wait(lambda: promised in output() or self._ended(), astray)
            os.killpg(self.shell.pid, signal.SIGINT)
        self._wait(self._ended, astray)
        expected = said.get("exit", "0")
        if self._code != expected:
            raise astray(f"ended with exit code {self._code}, not {expected}")
        if promised not in output():
            raise astray(f"should have printed “{promised}”")

    def _wait(self, look: Callable[[], bool], astray: Callable[[str], Astray]) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if look():
                return
            time.sleep(_TICK)
        os.killpg(self.shell.pid, signal.SIGKILL)
        raise astray(f"nothing more came for {_PATIENCE:.0f} seconds")

    def _ended(self) -> bool:
        """Whether the command has; its exit code and where it has led to are known then."""
        if not self._code:
            with suppress(BlockingIOError):
                self._code, _, here = os.read(self._ends, 4096).decode().strip().partition(" ")
                self._here = Path(here)
        return bool(self._code)

    def _environment(self) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if not key.startswith("AMPLIFY_")}
        return {
            **own,
            "PATH": f"{self.tools}:{Path(sys.executable).parent}:{own.get('PATH', '')}",
            "HOME": str(self.folder),
        }


def _commands(block: Block) -> "list[tuple[int, str]]":
    """Line and words of each; a command goes on over `\\` at the end of a line and up to the end of a here-document."""
    found: list[tuple[int, str]] = []
    until = ""
    for number, line in enumerate(block.text.splitlines(), start=block.line):
        if until or (found and found[-1][1].endswith("\\")):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
            until = "" if line == until else until
        elif line.strip() and not line.startswith("#"):
            found.append((number, line))
            opened = re.search(r"<<'?(\w+)'?", line)
            until = opened[1] if opened else ""
    return found


def _say_now(campaign: Path, post: str) -> None:
    """Write the time that it is behind a post's `at:`, as a hand would do it, where it is noon."""
    ahead = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    head = campaign / "config" / "campaign.yaml"
    head.write_text(re.sub(r"(?m)^timezone:.*$", f"timezone: {zone}", head.read_text()))
    now = datetime.now(ZoneInfo(zone)) - timedelta(seconds=1)
    for file in (campaign / "posts").glob("*.yaml"):
        said = re.sub(
            rf"(?ms)(- id: {post}\n.*?  at: )[^\n]*", rf"\g<1>{now:%Y-%m-%d %H:%M}", file.read_text(), count=1
        )
        file.write_text(said)
