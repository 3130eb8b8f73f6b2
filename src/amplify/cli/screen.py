"""What people read: styled on a terminal, and on pipes plain lines that grep can work with.

rich is loaded when something is shown. On pipes there is no colour, no box, and no line is folded.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_ENDLESS = 100_000
_WIDEST = 100
_NARROWEST = 20
_NARROW = 80


def on_terminal(*, err: bool = False) -> bool:
    return (sys.stderr if err else sys.stdout).isatty()


def show(*things: "RenderableType", err: bool = False) -> None:
    """Print, one below the other."""
    from rich.console import Console

    fancy = on_terminal(err=err)
    width = _columns() if fancy else _ENDLESS
    drawn = StringIO()
    console = Console(file=drawn, force_terminal=fancy, width=width, highlight=False, markup=False, emoji=False)
    for thing in things:
        console.print(thing)
    lines = drawn.getvalue().splitlines()
    click.echo("\n".join(lines if fancy else (line.rstrip() for line in lines)), err=err)


def styled(words: str, style: str) -> "Text":
    from rich.text import Text

    return Text(words, style=style)


def columns(rows: Iterable[Sequence["Text | str"]]) -> "RenderableType":
    """Rows without a frame. The last column folds within itself; where a terminal is narrow, whole rows fold."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if on_terminal() and _columns() < _NARROW:
        lines = (Text("  ").join(Text(cell) if isinstance(cell, str) else cell for cell in row if cell) for row in rows)
        return Group(*(Padding(line, (0, 0, 0, 2)) for line in lines))
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row("", *row)
    return table


def card(title: str, body: "Text", notes: Sequence["Text | str"], *, err: bool = False) -> "RenderableType":
    """A text as followers see it, what it is above and notes below."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.panel import Panel

    inside = Group(body, *(["", *notes] if notes else []))
    if not on_terminal(err=err):
        return Group(title, Padding(inside, (0, 0, 0, 2)), "")
    return Panel(inside, title=styled(title, "bold"), title_align="left", width=min(_columns(), _WIDEST))


def _columns() -> int:
    return max(shutil.get_terminal_size().columns, _NARROWEST)


@contextmanager
def busy(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Show on a terminal that something is going on."""
    if quiet or not on_terminal(err=True):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
