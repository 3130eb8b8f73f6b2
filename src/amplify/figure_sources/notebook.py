"""What the last look at each source came to, in a small file: losing it costs one more look."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from amplify.domain.recipe import Gathering


@dataclass(frozen=True, slots=True)
class FileNotebook:
    """`ports.figure_source.Notebook` in the file `path`, readable by its owner only."""

    path: Path

    def last(self, source: str) -> Gathering | None:
        said = self._load().get(source)
        try:
            return Gathering(**{**said, "at": datetime.fromisoformat(said["at"])}) if said else None
        except (TypeError, ValueError, KeyError):
            return None

    def note(self, source: str, gathering: Gathering) -> None:
        said = {**self._load(), source: {**asdict(gathering), "at": gathering.at.isoformat()}}
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(said, file, ensure_ascii=False, indent=1, sort_keys=True)
        draft.replace(self.path)

    def _load(self) -> dict[str, Any]:
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}
