"""Settings of the process. Secrets are looked up by name, in the environment and in a file of their own."""

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

from amplify.config.secret_file import SecretFile, UnsafeFile
from amplify.ports.way import STRAIGHT, Way, proxy_problem, spelled

#: In a campaign's var/, or in its rehearsal's.
KEEPSAKES = "keepsakes"
#: The proxy of everything that names none of its own.
PROXY = "AMPLIFY_PROXY"
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class BadSetting(Exception):
    """A setting cannot be used; the message says which and what to write."""


class NoSecret(Exception):
    """A secret that a channel names is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`ledger`: AMPLIFY_LEDGER. `keepsakes`: the folder of what publishers remember. All spans are machine time.

    secrets (AMPLIFY_SECRETS): the file of those that the environment does not set.

    notices (AMPLIFY_NOTICES, parted by spaces) and heartbeat (AMPLIFY_HEARTBEAT): addresses, and secrets.

    timeout (AMPLIFY_TIMEOUT, seconds): how long a network may take to answer. connect_timeout
    (AMPLIFY_CONNECT_TIMEOUT): to be reached. lease: how long a worker's claim stands without a sign of life. quarantine: how long a request
    we lost sight of may still land. rest: how long files must be unchanged before they are taken.
    sweep: how often what is late, lost or throttled is looked after. look_again: how long after a look that saw nothing
    of a lost post the next one comes. look_for: for how long a worker that is to end when idle waits for such looks.
    """

    ledger: str
    keepsakes: Path
    environ: Mapping[str, str] = field(repr=False)
    secrets: SecretFile
    timeout: timedelta = timedelta(seconds=60)
    connect_timeout: timedelta = timedelta(seconds=10)
    rest: timedelta = timedelta(seconds=2)
    sweep: timedelta = timedelta(seconds=2)
    look_again: timedelta = timedelta(minutes=1)
    look_for: timedelta = timedelta(minutes=5)

    @property
    def quarantine(self) -> timedelta:
        """Longer than any request can still be on its way: enforced by being computed."""
        return self.timeout + self.connect_timeout + timedelta(seconds=5)

    @property
    def lease(self) -> timedelta:
        return self.quarantine * 2

    @property
    def notices(self) -> Sequence[str]:
        return self.environ.get("AMPLIFY_NOTICES", "").split()

    @property
    def protected(self) -> str | None:
        """The file of protected persons (AMPLIFY_PROTECTED), outside the campaign's folder; empty is a mistake, None not set."""
        return self.environ.get("AMPLIFY_PROTECTED")

    @property
    def heartbeat(self) -> str:
        return self.environ.get("AMPLIFY_HEARTBEAT", "").strip()

    @property
    def proxy(self) -> str:
        """AMPLIFY_PROXY: a secret where it has a password."""
        return self.environ.get(PROXY, "").strip()

    @property
    def own_way(self) -> Way:
        """AMPLIFY_PROXY alone: what the environment says besides, programs of their own read for themselves."""
        return Way(proxy=spelled(self.proxy)) if self.proxy else STRAIGHT

    @property
    def sources_here(self) -> frozenset[str]:
        """Hosts of figure sources that are this machine (AMPLIFY_SOURCES_HERE): for rehearsals and tests."""
        return frozenset(self.environ.get("AMPLIFY_SOURCES_HERE", "").lower().split())

    @property
    def addresses(self) -> frozenset[str]:
        """Of whom we tell, and the password of the proxy: nobody else may see one."""
        return frozenset({*self.notices, self.heartbeat, *Way(proxy=self.proxy).secrets} - {""})

    @classmethod
    def read(cls, folder: Path, environ: Mapping[str, str] | None = None) -> Self:
        """From AMPLIFY_* for the campaign in `folder`. Raises BadSetting."""
        said = os.environ if environ is None else environ
        ledger = said.get("AMPLIFY_LEDGER") or f"sqlite:///{folder / 'var' / 'amplify.db'}"
        secrets = SecretFile.of(folder, said.get("AMPLIFY_SECRETS", ""), said.get("XDG_CONFIG_HOME", ""))
        read = cls(ledger=ledger, keepsakes=folder / "var" / KEEPSAKES, environ=said, secrets=secrets)
        if wrong := read.proxy and proxy_problem(read.proxy):
            raise BadSetting(f"{PROXY} cannot be used: {wrong}")
        timeout = _seconds(said, "AMPLIFY_TIMEOUT", read.timeout)
        usual = min(timeout, read.connect_timeout)
        return replace(read, timeout=timeout, connect_timeout=_seconds(said, "AMPLIFY_CONNECT_TIMEOUT", usual))

    def rehearsing(self, folder: Path) -> Self:
        """The same, with the ledger and the keepsakes of a rehearsal."""
        var = folder / "var" / "sandbox"
        return replace(self, ledger=f"sqlite:///{var / 'amplify.db'}", keepsakes=var / KEEPSAKES)

    def named_in(self, text: str) -> frozenset[str]:
        """What is set of the secrets that `${NAME}` in a text stands for."""
        found = set()
        for name in names_in(text):
            with suppress(NoSecret):
                found.add(self.secret(name))
        return frozenset(found)

    def secret(self, name: str, channel: str = "") -> str:
        """From the environment, else from the file. Raises NoSecret, saying how its `channel` gets one."""
        try:
            found = self.environ.get(name, "") or self.secrets.get(name)
        except UnsafeFile as error:
            raise NoSecret(f"{name} is not set, and {error}") from error
        if not found:
            told = f"{name} is not set; "
            if not channel:  # the address of a proxy, which nobody asks for
                raise NoSecret(f"{told}put it into the environment, or a line {name}=… into {self.secrets.path}")
            raise NoSecret(f"{told}`amplify channels add {channel}` asks for it, or put it into the environment")
        return found

    def fill(self, value: str, channel: str = "") -> str:
        """`${NAME}` replaced by the secret of that name. Raises NoSecret naming what is missing."""
        return _REFERENCE.sub(lambda found: self.secret(found[1], channel), value)


def names_in(text: str) -> frozenset[str]:
    """The names of the secrets that `${NAME}` in a text stands for."""
    return frozenset(_REFERENCE.findall(text))


def _seconds(said: Mapping[str, str], name: str, usual: timedelta) -> timedelta:
    """Raises BadSetting."""
    if name not in said:
        return usual
    try:
        seconds = float(said[name])
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= 600:  # noqa: PLR2004
        raise BadSetting(f"{name} is “{said[name]}”; write seconds between 1 and 600")
    return timedelta(seconds=seconds)
