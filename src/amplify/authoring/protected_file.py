"""The register of protected persons: a file outside the campaign's folder that only its owner can read.

What is wrong with it is told by its line and never in its own words: they may be somebody's name.
"""

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from shlex import quote

from amplify.authoring.protected_entries import Misread, read_register
from amplify.authoring.reading.tree import Unreadable, parse
from amplify.domain.protected import Register

_OTHERS = 0o177
_AFTERWARDS = "until then nothing is published"


@dataclass(slots=True)
class ProtectedFile:
    """`named` is what AMPLIFY_PROTECTED says, `folder` is the campaign's. Made again only when its bytes are others."""

    named: str
    folder: Path
    _last: Register = Register()  # noqa: RUF009 - it is frozen and says nothing

    def read(self) -> Register:
        """Never raises: a register that cannot be used has a fault."""
        try:
            content, fault = self._content()
            mark = f"{sha256(content).hexdigest()} {fault}"
            if self._last.mark != mark:
                self._last = replace(_made(content, self.named), mark=mark, fault=fault and f"{fault}; {_AFTERWARDS}")
        except Misread as bad:
            return Register(there=True, fault=f"{bad}; {_AFTERWARDS}", mark=str(bad))
        except Exception as bug:  # noqa: BLE001 - its words may be a name, and whatever it is, nothing may leave
            told = f"the register {self.named} cannot be used ({type(bug).__name__})"
            return Register(there=True, fault=f"{told}; {_AFTERWARDS}", mark=told)
        return self._last

    def _content(self) -> tuple[bytes, str]:
        """What it says, and why it may not be used all the same: where it lies, or who may read it. Raises Misread."""
        path = Path(self.named).expanduser()
        if not path.is_absolute():
            raise Misread("AMPLIFY_PROTECTED has to be a whole path, such as /etc/amplify/protected.yaml")
        try:
            where, folder = path.resolve(strict=True), self.folder.resolve()
            if not where.is_file():
                raise Misread(f"the register {path} is no file: AMPLIFY_PROTECTED has to name one")
            file = os.open(where, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            raise Misread(f"AMPLIFY_PROTECTED names {path}, and there is no such file: put it there") from None
        except (OSError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise Misread(f"the register {path} cannot be read ({why}): see who owns it, and its folders") from None
        with os.fdopen(file, "rb") as opened:
            found = os.fstat(opened.fileno())
            if any(place.is_relative_to(folder) for place in (where, path.parent.resolve())):
                fault = f"{path} lies in the campaign's folder, which is shared: move it out, and set AMPLIFY_PROTECTED anew"
            else:
                fault = _exposed(path, found)
            return opened.read(), fault


def _exposed(path: Path, found: os.stat_result) -> str:
    """Why it is not only ours; empty where it is."""
    if found.st_uid != os.geteuid():
        return f"the register {path} belongs to somebody else: type `sudo chown $(id -un) {quote(str(path))}`"
    if found.st_nlink > 1:
        return f"the register {path} has a second name somewhere (a hard link): make a copy of it, and remove both"
    if found.st_mode & _OTHERS:
        return f"others can read the register {path}: type `chmod 600 {quote(str(path))}`"
    return ""


def _made(content: bytes, named: str) -> Register:
    """Raises Misread."""
    try:
        node = parse(named, content)
    except Unreadable as bad:
        place = bad.problems[0].place
        told = f"line {place.line}, column {place.column} of the register {named} cannot be read"
        raise Misread(f"{told}: look for a quote, a colon or a space that is missing there") from None
    return read_register(node, named)
