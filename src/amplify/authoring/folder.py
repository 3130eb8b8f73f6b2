"""A campaign's folder on disk: its files, whether they rest, and the file that stops everything."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from errno import EFBIG, ENOENT
from hashlib import file_digest
from pathlib import Path

from amplify.authoring.blackening import blackened, without_values
from amplify.domain.picture import DIGEST, FOLDER

#: What makes up a campaign; everything else in the folder is left alone.
_PATTERNS = ("config/*.yaml", "posts/**/*.yaml", "posts/templates/*.j2", f"{FOLDER}**/*")
#: What keyboards, languages and tools that copy folders make of a file called STOP: `stop.txt`, `STOP (1)`,
#: `STOP (conflicted copy …).txt`, `STOP.sync-conflict-…`, `СТОП`. Rather one too many than the one not seen.
_STOP = re.compile(r"\s*(stopp?|стоп)(?![^\W_])", re.IGNORECASE)
_CHANNELS = "config/channels.yaml"
#: More than networks take of a film, and not too much for the memory of a small machine.
_MOST_BYTES = 110_000_000


def _no_secrets(_: bytes) -> Collection[str]:
    return ()


def _no_keys() -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The campaign in `root`.

    `secrets` says which there are, by what stands in config/channels.yaml; `keys` names the keys there that hold some.
    """

    root: Path
    secrets: Callable[[bytes], Collection[str]] = _no_secrets
    keys: Callable[[], Collection[str]] = _no_keys

    def files(self) -> Mapping[str, bytes]:
        """Path in the folder → content, secrets blackened; of what is under posts/media/, its digest. Raises OSError."""
        names = {path.relative_to(self.root).as_posix(): path for path in self.paths()}
        files = {
            name: _digest_of(path) if name.startswith(FOLDER) else path.read_bytes() for name, path in names.items()
        }
        secrets = self.secrets(files.get(_CHANNELS, b""))
        return {
            name: blackened(without_values(content, self.keys()) if name == _CHANNELS else content, secrets)
            for name, content in files.items()
        }

    def picture(self, path: str) -> bytes:
        """Raises OSError."""
        if not path.startswith(FOLDER) or ".." in path.split("/"):
            raise FileNotFoundError(ENOENT, f"it is not under {FOLDER}", path)
        size = (self.root / path).stat().st_size
        if size > _MOST_BYTES:
            raise OSError(EFBIG, f"{size // 1_000_000} MB, and {_MOST_BYTES // 1_000_000} MB is the most", path)
        return (self.root / path).read_bytes()

    def stamp(self) -> frozenset[tuple[str, int, int]]:
        """Changes whenever a file does."""
        stamps = ((path.as_posix(), path.stat()) for path in self.paths())
        return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in stamps)

    def stopped(self) -> bool:
        """A folder that we cannot see is stopped too."""
        try:
            return bool(self.stop_files())
        except OSError:
            return True

    def stop_files(self) -> tuple[str, ...]:
        """Raises OSError."""
        return tuple(sorted(entry.name for entry in self.root.iterdir() if _STOP.match(entry.name)))

    def paths(self) -> Iterator[Path]:
        """The files of the campaign, as they lie on the disk. Raises OSError."""
        for pattern in _PATTERNS:
            for path in sorted(self.root.glob(pattern)):
                if path.is_file() and not any(part.startswith(".") for part in path.relative_to(self.root).parts):
                    yield path


def _digest_of(path: Path) -> bytes:
    """As `digest_of` says of the same bytes, and without having all of them at a time. Raises OSError."""
    with path.open("rb") as file:
        return f"{DIGEST}{file_digest(file, 'sha256').hexdigest()}".encode()
