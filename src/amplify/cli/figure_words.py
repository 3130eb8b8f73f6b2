"""Figures, versions and proposals as the words of `amplify figures` show them, and numbers and days as people type them."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from amplify.cli.told import listed
from amplify.domain.counting import NotACount, whole_number
from amplify.domain.figure import Figure, Version, version_id

if TYPE_CHECKING:
    from amplify.bootstrap import App
    from amplify.domain.proposal import Proposal


def number(ctx: click.Context, param: click.Parameter, typed: str | None) -> int | None:
    """A whole number, digits only; what can be read in two ways is refused with both readings. Raises BadParameter."""
    return None if typed is None else _whole(typed, ctx, param)


def two_numbers(ctx: click.Context, param: click.Parameter, typed: tuple[str, str] | None) -> tuple[int, int] | None:
    """The smaller one first. Raises BadParameter."""
    if typed is None:
        return None
    low, high = (_whole(one, ctx, param) for one in typed)
    if low >= high:
        raise click.BadParameter("the smaller number comes first", ctx, param)
    return low, high


def day(ctx: click.Context, param: click.Parameter, typed: str | None) -> date | None:
    """A day with four digits for the year, in one order. Raises BadParameter."""
    from amplify.authoring.reading.values import day as read

    if typed is None:
        return None
    try:
        return read(typed)
    except ValueError as bad:
        said = getattr(bad, "context", None) or {}
        told = f"{said.get('message', bad)}; {said.get('hint', '')}".rstrip("; ")
        raise click.BadParameter(told, ctx, param) from None


def parts(ctx: click.Context, param: click.Parameter, typed: tuple[str, ...]) -> dict[str, int]:
    """`women=965`, each. Raises BadParameter."""
    found = {}
    for one in typed:
        key, sign, told = one.partition("=")
        if not sign or not key.strip().isidentifier():
            raise click.BadParameter(f"“{one}” is not a part; write its name and its number: women=965", ctx, param)
        found[key.strip()] = _whole(told, ctx, param)
    return found


def address(ctx: click.Context, param: click.Parameter, typed: str) -> str:
    """Where a number can be read. Raises BadParameter."""
    from amplify.authoring.urls import UnusableUrl, check_url

    try:
        if typed:
            check_url(typed.replace("http://", "https://", 1))
    except UnusableUrl as bad:
        raise click.BadParameter(f"{bad}; {bad.hint}".rstrip("; "), ctx, param) from None
    return typed


def _whole(typed: str, ctx: click.Context, param: click.Parameter) -> int:
    try:
        return whole_number(typed)
    except NotACount as bad:
        raise click.BadParameter(f"{bad}; {bad.hint}", ctx, param) from None


def today(app: "App") -> date:
    """On the campaign's wall. Raises LedgerError."""
    from amplify.cli.at_hand import zone_of

    return app.clock.now().astimezone(zone_of(app)).date()


def day_told(on: date) -> str:
    """`31 May 2023`."""
    return f"{on.day} {on:%b %Y}"


def sentence(version: Version) -> str:
    """`more than 1500 of 21 May 2023 (Viasna)`."""
    return f"{version.counted} of {day_told(version.as_of)} ({version.source.name})"


def counts(figure: Figure) -> str:
    """What a figure counts, for the eyes of whoever compares it with a source."""
    label = figure.label.get("en") or next(iter(figure.label.values()))
    return f"{label} ({figure.definition_id})" if figure.definition_id else label


def fresh_until(figure: Figure, app: "App") -> int:
    """How many days it stays fresh."""
    own, campaign = figure.bounds.max_age_days, app.written.campaign
    rule = campaign.rules.figure_max_age.days if campaign is not None else 0
    return rule if own is None else own


def version_json(figure: Figure, version: Version) -> dict[str, object]:
    """One version, for programs."""
    return {
        "version": version_id(figure, version),
        "as_of": version.as_of.isoformat(),
        "value": version.value,
        "low": version.low,
        "high": version.high,
        "qualifier": version.qualifier.value,
        "period": version.period,
        "source": {"name": version.source.name, "url": version.source.url},
        "breakdown": dict(version.breakdown),
        "raw": version.raw,
        "published_on": version.published_on.isoformat() if version.published_on else None,
        "retrieved_at": version.retrieved_at.isoformat() if version.retrieved_at else None,
        "reason": version.reason,
        "corrects": version.corrects or None,
        "entered_by": version.entered_by or None,
        "confirmed_by": version.confirmed_by or None,
        "confirmed_at": version.confirmed_at.isoformat() if version.confirmed_at else None,
        "note": version.note,
    }


def proposal_json(one: "Proposal") -> dict[str, object]:
    """One proposal, for programs."""
    said = one.version
    return {
        "id": one.id,
        "figure": one.figure,
        "state": one.state.value,
        "value": said.value,
        "low": said.low,
        "high": said.high,
        "qualifier": said.qualifier.value,
        "as_of": said.as_of.isoformat(),
        "source": {"name": said.source.name, "url": said.source.url},
        "by": one.by,
        "at": one.at.isoformat(),
        "fetched": one.fetched,
        "counted": one.counted,
        "reason": one.reason,
        "corrects": one.corrects or None,
        "doubts": list(one.doubts),
    }


def proposal_told(one: "Proposal", others: frozenset[str] = frozenset()) -> Iterator[str]:
    """What waits, why, and what is to be done: a line each."""
    page = one.page or one.source.url
    where = f", {page}" if page else ""
    counted = f": {one.counted}" if one.counted else ""
    yield f"Number {one.id} for {one.figure}: {sentence(one.version)}, proposed by {one.by}{counted}{where}"
    yield from (f"  Doubt: {doubt}" for doubt in one.doubts)
    if one.reason:
        yield f"  Reason given: {one.reason}"
    who = listed(others, "or") if others else "a coordinator"
    yield f"  {who[0].upper() + who[1:]} compares it with the source: `amplify figures confirm {one.id} --by NAME`"
