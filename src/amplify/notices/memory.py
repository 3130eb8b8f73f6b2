"""What a recipient was told, in a small file: the ledger is what cannot be written when the worst has to be told."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class FileMemory:
    """`ports.notifier.Memory` in the file `path`, readable by its owner only."""

    path: Path

    @classmethod
    def of(cls, folder: Path, address: str) -> Self:
        """The one of an address, whose name does not tell it."""
        return cls(folder / f"{sha256(address.encode()).hexdigest()[:8]}.json")

    def load(self) -> Mapping[str, str]:
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(topic): str(mark) for topic, mark in said.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def save(self, told: Mapping[str, str]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
