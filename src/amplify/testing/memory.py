"""What the sandbox remembers: one JSON file, whole and on disk before any answer leaves.

Each look-alike keeps its own section, a plain dict that it changes and then saves. Pictures lie beside the
file, each under the digest of its bytes.
"""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any


class Memory:
    """Without a path it forgets everything when the process ends."""

    def __init__(self, path: Path | None) -> None:
        """Raises ValueError where the file is not one of ours."""
        self._path = path
        self._all: dict[str, Any] = {}
        self._pictures: dict[str, bytes] = {}
        if path is not None and path.exists():
            try:
                self._all = dict(json.loads(path.read_bytes()))
            except (ValueError, TypeError):
                raise ValueError(f"{path} is damaged; delete it and the sandbox starts with empty walls") from None

    def section(self, name: str) -> dict[str, Any]:
        """The part of `name`, to be changed in place; an empty one at first."""
        part: dict[str, Any] = self._all.setdefault(name, {})
        return part

    def uploads(self, network: str) -> dict[str, Any]:
        """What a network was given and no post shows yet; to be changed in place."""
        waiting: dict[str, Any] = self.section("uploads").setdefault(network, {})
        return waiting

    def forget_uploads(self) -> None:
        """As servers do after a while."""
        for waiting in self.section("uploads").values():
            waiting.clear()

    def keep_picture(self, data: bytes) -> str:
        """The name under which it can be had again."""
        name = sha256(data).hexdigest()
        if self._path is None:
            self._pictures[name] = data
        else:
            self._folder(self._path).mkdir(parents=True, exist_ok=True)
            (self._folder(self._path) / name).write_bytes(data)
        return name

    def picture(self, name: str) -> bytes | None:
        if self._path is None:
            return self._pictures.get(name)
        known = self._folder(self._path)
        return next((file.read_bytes() for file in known.glob("*") if file.name == name), None)

    @staticmethod
    def _folder(path: Path) -> Path:
        return path.with_suffix(".pictures")

    def next_number(self) -> int:
        """Rises by one with every post, over all networks."""
        self._all["number"] = number = int(self._all.get("number", 0)) + 1
        return number

    def save(self) -> None:
        """Return when everything is on disk."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(self._all, file, ensure_ascii=False, separators=(",", ":"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
