"""Where the preview page is kept. Only a page of ours is written over: a mistyped name must not cost anybody a file."""

from pathlib import Path
from tempfile import NamedTemporaryFile

import click

#: The mark stands in the head of the page.
_HEAD = 1000
_KILO = 1000


def check_place(path: Path) -> None:
    """Raises ClickException where the page cannot or must not be written."""
    from amplify.documents.preview.page import MADE_BY

    if path.is_dir():
        raise click.ClickException(f"{path} is a folder; name a file in it: {path / 'preview.html'}")
    if not path.resolve().parent.is_dir():
        raise click.ClickException(f"there is no folder {path.parent}; make it, or name another place")
    if not path.exists():
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head and MADE_BY.encode() not in head:
        told = f"{path} is there already and is not a preview made by amplify, so it stays as it is; name another file"
        raise click.ClickException(told)


def keep(path: Path, page: str) -> str:
    """Write it, whole or not at all, and say how large it is. Raises OSError."""
    place, data = path.resolve(), page.encode()
    with NamedTemporaryFile(dir=place.parent, prefix=".preview-", delete=False) as file:
        half = Path(file.name)
        try:
            file.write(data)
        except OSError:
            half.unlink()
            raise
    half.chmod(0o644)
    half.replace(place)
    return f"{len(data) / _KILO / _KILO:.1f} MB" if len(data) > _KILO * _KILO else f"{len(data) // _KILO} kB"
