"""Puts the schema of Telegram's Bot API where the tests look for it: `fetch_schema.py FOLDER`.

It travels in the source package of aiogram, pinned beside this file. Nothing of it is kept in the repository.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PINNED = Path(__file__).with_name("aiogram.txt")
INSIDE = ".butcher/schema/schema.json"
FILE = "bot-api.json"


def fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as kept:
        # the package is only unpacked: its build back end, asked for its name, is in the environment already
        options = ("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "--quiet")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download")
        subprocess.run([*pip, *options, "--dest", kept, "-r", str(PINNED)], check=True)
        (package,) = Path(kept).glob("aiogram-*.tar.gz")
        with tarfile.open(package) as packed:
            schema = packed.extractfile(f"{package.name.removesuffix('.tar.gz')}/{INSIDE}")
            if schema is None:
                raise SystemExit(f"{package.name} has no {INSIDE}")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE).write_bytes(schema.read())


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
