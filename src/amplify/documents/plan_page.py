"""A plan for a pull request, in GitHub's Markdown.

Nothing in a post's words can end a table, open a tag, follow a link, notify an account or refer to somebody's issue:
what means something is written as an entity, and an invisible sign parts `@` from the name behind it.
"""

import re
from collections.abc import Iterator, Sequence

from amplify.documents.agenda import Agenda, Section
from amplify.documents.agenda_line import Line
from amplify.documents.word_diff import Fate, Piece
from amplify.domain.plan import Action

#: Sections with more lines are folded until somebody opens them; what needs a hand never is.
_LONG = 20
#: How much of a new text is shown.
_BEGINNING = 120
_TAGS = {Fate.GOES: ("<del>", "</del>"), Fate.COMES: ("<ins>", "</ins>"), Fate.STAYS: ("", "")}
_SIGNS = re.compile(r"[\\`|$&<>*_\[\]~@]|#(?=\d)|(?<=GH)-(?=\d)|:(?=//)|(?<=www)\.", re.IGNORECASE)
#: Parted from what follows; GitHub looks for names and numbers after entities are read.
_PARTED = frozenset("@#-")


def plan_page(agenda: Agenda, verdict: str) -> str:
    """All of it; `verdict` is the last sentence, in Markdown."""
    return "\n".join([*_page(agenda), "", verdict, ""])


def escaped(said: str) -> str:
    """Words on one line that are nothing but words."""
    return _SIGNS.sub(
        lambda sign: f"{_entity(sign[0])}{'&#8203;' if sign[0] in _PARTED else ''}", " ".join(said.split())
    )


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def _page(agenda: Agenda) -> Iterator[str]:
    yield f"**{escaped(agenda.campaign.name)}, {escaped(agenda.campaign.edition)}** – {escaped(agenda.summary)}"
    if agenda.plan.cancels_much:
        yield from ("", "**This cancels more than half of what waits. Look twice: is a file missing?**")
    if not agenda.sections:
        return
    for said in agenda.reading:
        yield from ("", escaped(said))
    for section in agenda.sections:
        yield from _section(section, agenda)
    yield from _loads(agenda)


def _section(section: Section, agenda: Agenda) -> Iterator[str]:
    number = section.deliveries
    title = f"{section.title}: {number} {'delivery' if number == 1 else 'deliveries'}"
    folds = len(section.lines) > _LONG and Action.BLOCKED not in {line.action for line in section.lines}
    yield from ("", "<details>", f"<summary>{title}</summary>") if folds else ("", f"### {title}")
    if section.shared:
        yield from ("", f"All of them: {escaped('; '.join(section.shared))}.")
    for day, lines in section.days.items():
        yield from ("", f"#### {escaped(agenda.heading(day))}", "")
        yield from _table(["time", *agenda.towns, "", "post", "channels", ""], [_cells(line, agenda) for line in lines])
    if folds:
        yield from ("", "</details>")


def _cells(line: Line, agenda: Agenda) -> list[str]:
    plain = [agenda.clock(line.due), *agenda.elsewhere(line.due), line.word, line.what, agenda.where(line.channels)]
    words = [_drawn(line.diff)] if line.diff else [f"“{escaped(_beginning(line.text))}”"] if line.text else []
    return [*map(escaped, plain), "<br>".join([*map(escaped, agenda.remarks(line)), *words])]


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(maxsplit=1)[0]} …"


def _drawn(pieces: Sequence[Piece]) -> str:
    return " ".join(f"{_TAGS[piece.fate][0]}{escaped(piece.words)}{_TAGS[piece.fate][1]}" for piece in pieces)


def _loads(agenda: Agenda) -> Iterator[str]:
    rows = [[escaped(agenda.heading(day)), escaped(told)] for day, said in agenda.full.items() for told in said]
    if rows:
        yield from ("", "### Full days", "", *_table(["day", ""], rows))
    if agenda.fullest:
        yield from ("", escaped(agenda.fullest))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
