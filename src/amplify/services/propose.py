"""amplify figures set: a person proposes a number, and every doubt about it is told before anybody confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from amplify.domain.doubt import Doubt, doubts, people_needed
from amplify.domain.figure import Figure, Version, version_id
from amplify.domain.proposal import Proposal
from amplify.domain.written import Written
from amplify.ports.ledger import LedgerError
from amplify.ports.proposals import Proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A number that nobody must refuse: `needed` people must have looked at it, for these doubts."""

    doubts: tuple[Doubt, ...]
    needed: int


def propose(new: Proposal, written: Written, ledger: Proposals, *, today: date, definition: str = "") -> Proposal:
    """Keep a person's number for others to look at. Raises LedgerError, and then nothing is kept.

    `definition` is what the person says that their source counts, where they say it.
    """
    figure = figure_named(new.figure, written)
    if definition not in ("", figure.definition_id):
        raise LedgerError(_other_series(figure, definition, written.figures))
    asked = doubted(figure, new.version, written, today=today)
    waiting = next((one for one in ledger.proposals(figure.id) if _same(one, new)), None)
    if waiting is not None:
        raise LedgerError(
            f"{waiting.by} has proposed that already; `amplify figures confirm {waiting.id} --by NAME` is what it needs"
        )
    return ledger.propose(replace(new, doubts=tuple(doubt.message for doubt in asked.doubts)))


def doubted(figure: Figure, version: Version, written: Written, *, today: date) -> Doubted:
    """What is doubtful about a number for a figure, and how many people it needs. Raises LedgerError."""
    candidate = figure.replaced(version)
    if version_id(candidate) == version_id(figure):
        raise LedgerError(f"{figure.id} says that already: {figure.counted} of {figure.as_of} ({figure.source.name})")
    found = doubts(candidate, written.figures.values(), today=today)
    if refused := [doubt for doubt in found if doubt.refuses]:
        raise LedgerError("; ".join(f"{doubt.message} ({doubt.hint})" for doubt in refused))
    if found and not (version.reason and version.source.url):
        told = "; ".join(doubt.message for doubt in found)
        raise LedgerError(f"{told}; say why that is true with --reason, and where it stands with --source-url")
    rule = written.campaign.rules.figure_people if written.campaign is not None else 1
    return Doubted(doubts=found, needed=people_needed(candidate, rule, found))


def figure_named(name: str, written: Written) -> Figure:
    """Raises LedgerError."""
    figure = written.figures.get(name)
    if figure is None:
        known = ", ".join(written.figures) or "none"
        raise LedgerError(
            f"there is no figure {name}, or it is wrong in config/figures.yaml (`amplify check` says why); "
            f"there are: {known}"
        )
    return figure


def _other_series(figure: Figure, definition: str, figures: Mapping[str, Figure]) -> str:
    owner = next((one.id for one in figures.values() if one.definition_id == definition), "")
    told = f"{figure.id} counts `{figure.definition_id or 'what its label says'}`, and this number `{definition}`"
    way = (
        f"that is the figure {owner}: `amplify figures set {owner} …`"
        if owner
        else f"write a new figure into config/figures.yaml, with `definition_id: {definition}` and a label of its own"
    )
    return f"{told}: two definitions are two series, however alike the numbers look; {way}"


def _same(one: Proposal, other: Proposal) -> bool:
    mine, yours = one.version, other.version
    same = (mine.plain, mine.qualifier, mine.as_of, mine.source) == (
        yours.plain,
        yours.qualifier,
        yours.as_of,
        yours.source,
    )
    return same and one.by == other.by
