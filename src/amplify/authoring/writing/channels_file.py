"""config/channels.yaml on disk: a new entry is written behind all that is there, which stays as it is, byte for byte."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from amplify.authoring.reading.channels import CHANNELS_FILE
from amplify.authoring.reading.nodes import Node, Table, as_data
from amplify.authoring.reading.tree import Unreadable, parse
from amplify.ports.figures_file import CannotWrite

_TRIAL = {"network": "mastodon", "language": "en"}
_PLAIN = frozenset({"network", "language", "links"})


@dataclass(frozen=True, slots=True)
class ChannelsOnDisk:
    """Those of the campaign in `root`."""

    root: Path

    def check(self, name: str) -> None:
        path = (self.root / CHANNELS_FILE).resolve()
        try:
            self._made(path.read_bytes() if path.exists() else b"", name, _TRIAL)
        except CannotWrite:
            told = f"{CHANNELS_FILE} is written in a way that amplify cannot add to: begin each channel on a line of its own"
            raise CannotWrite(f"{told}, and see what `amplify check` says of it") from None
        except OSError as error:
            raise CannotWrite(f"{CHANNELS_FILE} cannot be read: {error.strerror}") from error
        if not os.access(path.parent, os.W_OK):
            raise CannotWrite(f"{path.parent} cannot be written into: it belongs to somebody else, or is read-only")

    def add(self, name: str, said: Mapping[str, str]) -> None:
        """Raises CannotWrite, and then the file is as it was."""
        path = (self.root / CHANNELS_FILE).resolve()
        try:
            content = path.read_bytes() if path.exists() else b""
            made = self._made(content, name, said)
            fresh = path.with_name(f".{path.name}.new")
            with fresh.open("wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, fresh)
                if path.read_bytes() != content:
                    fresh.unlink()
                    raise CannotWrite(f"somebody has just changed {CHANNELS_FILE}; say it again")
            fresh.replace(path)
        except OSError as error:
            raise CannotWrite(f"{CHANNELS_FILE} cannot be written: {error.strerror}") from error

    def _made(self, content: bytes, name: str, said: Mapping[str, str]) -> bytes:
        """Raises CannotWrite unless it says what is meant, and all else as before."""
        newline = "\r\n" if b"\r\n" in content else "\n"
        ends = "" if not content or content.endswith(b"\n") else newline
        entry = _lines(name, said).replace("\n", newline)
        made = content + (ends + (newline if content.strip() else "") + entry).encode()
        by_hand = f"{CHANNELS_FILE} is written in a way that amplify cannot add to; add these lines by hand:\n{entry}"
        try:
            before, after = _entries(content), _entries(made)
        except Unreadable as bad:
            raise CannotWrite(by_hand) from bad
        if name in before:
            raise CannotWrite(f"{CHANNELS_FILE} has a channel {name} already")
        if after != {**before, name: dict(said)}:
            raise CannotWrite(by_hand)
        return made


def _lines(name: str, said: Mapping[str, str]) -> str:
    """The entry; what is no single plain word stands in quotes."""
    keys = (
        f"  {key}: {value if key in _PLAIN else json.dumps(value, ensure_ascii=False)}" for key, value in said.items()
    )
    return "\n".join([f"{name}:", *keys]) + "\n"


def _entries(content: bytes) -> dict[str, object]:
    """Raises Unreadable."""
    node: Node | None = parse(CHANNELS_FILE, content) if content.strip() else None
    return {name: as_data(entry) for name, entry in node.entries.items()} if isinstance(node, Table) else {}
