"""Secrets in one file that nobody but its owner may read, outside the campaign: a line `NAME=value` each.

It is written as services read it (`EnvironmentFile=` of systemd), so the same file serves a worker that runs as one. Where
a line says `NAME=keyring:`, the keyring of this computer has the value.
"""

import os
import shlex
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from amplify.config.modes import is_open

_FOLDER, _FILE = 0o700, 0o600
IN_KEYRING = "keyring:"
_SERVICE = "amplify"


class UnsafeFile(Exception):
    """The file cannot be read or written as it is; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SecretFile:
    """The secrets of one campaign in the file `path`; which they are is shown nowhere."""

    path: Path

    @classmethod
    def of(cls, campaign: Path, chosen: str, config: str) -> "SecretFile":
        """The file `chosen`, or one in the folder `config` of the user's settings that is this campaign's own."""
        if chosen:
            return cls(Path(chosen).expanduser())
        place = Path(config).expanduser() if config else Path.home() / ".config"
        own = sha256(str(campaign.resolve()).encode()).hexdigest()[:6]
        return cls(place / "amplify" / f"{campaign.resolve().name or 'campaign'}-{own}.env")

    def get(self, name: str) -> str:
        """Empty where there is none. Raises UnsafeFile where others could read it too."""
        said = self._lines().get(name, "")
        if said != IN_KEYRING:
            return said
        keyring = usable_keyring()
        found = keyring.get_password(_SERVICE, self._entry(name)) if keyring is not None else None
        return str(found) if found else ""

    def check(self, campaign: Path) -> None:
        """Raises UnsafeFile where no secret of this campaign may be kept there."""
        self._check_place(campaign)
        nearest = next(one for one in self.path.resolve().parents if one.exists())
        if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
            told = "cannot be made: you may not write there. Name another file with AMPLIFY_SECRETS"
            raise UnsafeFile(f"{self.path} {told}")
        self._text()

    def put(self, name: str, secret: str, *, campaign: Path, in_keyring: bool = False) -> None:
        """Keep it in place of an older one; everything else in the file stays. Raises UnsafeFile."""
        if "\n" in secret or "\r" in secret:
            raise UnsafeFile("a secret is one line")
        self._check_place(campaign)
        value = shlex.quote(secret)
        if in_keyring and (keyring := usable_keyring()) is not None:
            keyring.set_password(_SERVICE, self._entry(name), secret)
            value = IN_KEYRING
        before = self._text().splitlines()
        kept = [line for line in before if line.partition("=")[0].strip() != name]
        self._write("".join(f"{line}\n" for line in [*kept, f"{name}={value}"]))

    def _entry(self, name: str) -> str:
        return f"{self.path.stem}/{name}"

    def _lines(self) -> dict[str, str]:
        found = {}
        for line in self._text().splitlines():
            name, mark, value = line.strip().partition("=")
            if mark and not name.startswith("#"):
                found[name.strip()] = _unquoted(value)
        return found

    def _text(self) -> str:
        if self.path.is_dir():
            raise UnsafeFile(f"{self.path} is a folder: name a file in it with AMPLIFY_SECRETS")
        if is_open(self.path):
            raise UnsafeFile(f"others could read your secrets in {self.path}: type `chmod 600 {self.path}`")
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise UnsafeFile(f"the secrets in {self.path} cannot be read: {why}") from error

    def _check_place(self, campaign: Path) -> None:
        place = self.path.resolve()
        if place.is_relative_to(campaign.resolve()):
            told = "secrets never lie in the campaign's folder: name another file with AMPLIFY_SECRETS"
            raise UnsafeFile(f"{self.path} is inside {campaign.resolve()}, and {told}")
        if any((folder / ".git").exists() for folder in place.parents):
            raise UnsafeFile(f"{self.path} is in a folder that git keeps: name another file with AMPLIFY_SECRETS")

    def _write(self, text: str) -> None:
        """As one whole, or not at all."""
        fresh = self.path.with_name(f".{self.path.name}.new")
        try:
            self.path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _FILE)
            with os.fdopen(file, "w", encoding="utf-8") as opened:
                opened.write(text)
                opened.flush()
                os.fsync(opened.fileno())
            fresh.replace(self.path)
        except OSError as error:
            raise UnsafeFile(f"{self.path} cannot be written: {error.strerror}") from error


def usable_keyring() -> ModuleType | None:
    """The library, where it is installed and this computer has a keyring that it can open."""
    try:
        import keyring
    except ImportError:
        return None
    return keyring if keyring.get_keyring().priority >= 1 else None


def _unquoted(value: str) -> str:
    try:
        return "".join(shlex.split(value))
    except ValueError:
        return value.strip()
