"""Where secrets lie although they should not: in the files of a campaign, and in what git keeps of its folder.

Bounded in time: a look that was cut short says so. A finding names the file and the line, never the secret.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer

from amplify.domain.secrecy import Secrecy
from amplify.domain.tokens import token_in

#: State of the machine, which has its own rights, and what programs have put there; like every folder with a dot.
_SKIPPED = frozenset({"var", "node_modules", "__pycache__"})
#: Where a campaign has its words.
_OWN = ("config/", "posts/")
_LARGEST = 1_000_000
_LONGEST = 4000
_HUNK = re.compile(r"@@ -\S+ \+(\d+)")
_OURS = "a secret that amplify uses"
_STAGED = "the index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """`commit` says where in git it is; empty for what lies in the folder itself."""

    file: str
    line: int
    kind: str
    commit: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it can be nothing else: ours anywhere, and what looks like one where a campaign has its words."""
        return self.kind == _OURS or self.file.startswith(_OWN) or "/" not in self.file


@dataclass(slots=True, kw_only=True)
class Search:
    """Looks for the `secrets` themselves, and for what has the shape of one, each time no longer than `seconds`.

    `cut`: not everything was looked at.
    """

    root: Path
    secrets: Collection[str] = field(repr=False)
    seconds: float
    cut: bool = False

    def in_files(self) -> Iterator[Leak]:
        """What lies in the folder now."""
        with self._in_time() as over:
            for path in self._paths():
                if over.is_set():
                    return
                for number, line in enumerate(_text_of(path).splitlines(), start=1):
                    if kind := self._kind(line[:_LONGEST]):
                        yield Leak(file=path.relative_to(self.root).as_posix(), line=number, kind=kind)

    def in_git(self) -> Iterator[Leak]:
        """What git keeps of the folder, staged or committed, the newest first; nothing where there is no git."""
        git = shutil.which("git")
        if git is not None:
            yield from self._added(git, "diff", "--cached")
            yield from self._added(git, "log", "--all", "--format=commit %h")

    def _paths(self) -> Iterator[Path]:
        for place, folders, files in os.walk(self.root):
            folders[:] = sorted(name for name in set(folders) - _SKIPPED if not name.startswith("."))
            yield from (Path(place, name) for name in sorted(files))

    def _added(self, git: str, *words: str) -> Iterator[Leak]:
        shown = ("-p", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative", "--", ".")
        command = [
            git,
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
            "-C",
            str(self.root),
            *words,
            *shown,
        ]
        git_shows = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
        with git_shows as process, self._in_time(process.kill):
            yield from self._leaks(process.stdout or ())
        refused = process.returncode > 0 and any((place / ".git").exists() for place in (self.root, *self.root.parents))
        self.cut = self.cut or refused

    def _leaks(self, output: Iterable[bytes]) -> Iterator[Leak]:
        """What was ever added, as git shows it."""
        commit, file, number = _STAGED, "", 0
        for raw in output:
            line = raw[:_LONGEST].decode(errors="replace").rstrip("\n")
            if line.startswith("commit "):
                commit = line
            elif line.startswith("+++ "):
                file = line.removeprefix("+++ ").removeprefix("b/")
            elif found := _HUNK.match(line):
                number = int(found[1])
            elif line.startswith("+"):
                if kind := self._kind(line[1:]):
                    yield Leak(file=file, line=number, kind=kind, commit=commit)
                number += 1

    def _kind(self, line: str) -> str:
        if any(form in line for form in Secrecy.of(self.secrets).whole):
            return _OURS
        return token_in(line)

    @contextmanager
    def _in_time(self, end: Callable[[], object] = lambda: None) -> Iterator[Event]:
        """The event, and `end`, come when the time is over."""
        over = Event()

        def ring() -> None:
            over.set()
            end()

        timer = Timer(self.seconds, ring)
        timer.start()
        try:
            yield over
        finally:
            timer.cancel()
            self.cut = self.cut or over.is_set()


def _text_of(path: Path) -> str:
    """Empty for what is large, no text, or cannot be read."""
    try:
        content = path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST else b""
    except OSError:
        return ""
    return "" if b"\0" in content else content.decode(errors="replace")
