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
#: What the frame of a card takes from its title.
_FRAME = 6


def on_terminal(*, err: bool = False) -> bool:
    return (sys.stderr if err else sys.stdout).isatty()


def show(*things: "RenderableType", err: bool = False) -> None:
    """Print, one below the other."""
    from rich.console import Console
    from rich.text import Text

    fancy = on_terminal(err=err)
    width = _columns() if fancy else _ENDLESS
    drawn = StringIO()
    console = Console(file=drawn, force_terminal=fancy, width=width, highlight=False, markup=False, emoji=False)
    for thing in things:
        if isinstance(thing, Text) and not fancy:
            drawn.write(f"{thing.plain}\n")  # thousands of lines take a moment, not half a minute
        else:
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
    if not on_terminal():
        return Text("\n").join(_aligned([[Text(c) if isinstance(c, str) else c for c in row] for row in rows]))
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row("", *row)
    return table


def _aligned(rows: Sequence[Sequence["Text"]]) -> Iterator["Text"]:
    """Rows of one line each; the last cell is as long as it is."""
    from rich.text import Text

    longest = max((len(row) for row in rows), default=0)
    widths = [max(row[at].cell_len for row in rows if at < len(row)) for at in range(longest)]
    for row in rows:
        line = Text()
        for width, cell in zip(widths, row, strict=False):
            line.append("  ")
            line.append(cell.plain.replace("\n", " "))
            line.append(" " * (width - cell.cell_len))
        yield line


def card(title: str, body: "Text", notes: Sequence["Text | str"], *, err: bool = False) -> "RenderableType":
    """A text as followers see it, what it is above and notes below. A title too long for the frame stands inside."""
    from rich.cells import cell_len
    from rich.console import Group
    from rich.padding import Padding
    from rich.panel import Panel

    inside = Group(body, *(["", *notes] if notes else []))
    if not on_terminal(err=err):
        return Group(title, Padding(inside, (0, 0, 0, 2)), "")
    width, name = min(_columns(), _WIDEST), styled(title, "bold")
    if cell_len(title) > width - _FRAME:
        return Panel(Group(name, "", inside), width=width)
    return Panel(inside, title=name, title_align="left", width=width)


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
