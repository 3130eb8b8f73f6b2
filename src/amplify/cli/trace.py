"""amplify trace: a published number, followed back to where it comes from."""

from collections.abc import Iterator
from contextlib import closing
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer, iso, iso_if_any, many, when
from amplify.domain.delivery import State
from amplify.domain.figure import Version, version_id
from amplify.domain.when import zone_named

if TYPE_CHECKING:
    from rich.text import Text

    from amplify.ports.ledger import Ledger
    from amplify.services.trace import Printed, Trace


#: As many as leave room for the figures on one screen.
_LINES = 5


@click.command(epilog="\b\nExample:\n  amplify trace https://mastodon.example/@campaign/113345678901234567")
@click.argument("what", metavar="URL|KEY")
@campaign_option
@json_option
def trace(what: str, campaign: Path, as_json: bool) -> None:
    """Answer where the numbers of a published post come from: on one screen, back to the page they were read on.

    Any address of the post does, as it is copied from a phone or a browser.
    """
    from amplify.services.trace import find
    from amplify.services.trace import trace as follow

    with closing(open_app(campaign)) as app:
        zone = zone_named(usable(app).zone)
        ledger = _ledger(app)
        traces = [follow(row, ledger, app.workshop) for row in find(what, ledger)]
    if as_json:
        answer({"traces": [_told(one, zone) for one in traces]})
        return
    for one in traces:
        show(*_lines(one, zone))


def _ledger(app: App) -> "Ledger":
    ledger = app.ledger_if_any()
    if ledger is None:
        raise click.ClickException("there is no ledger: nothing was applied yet, or its file is gone")
    return ledger


def _lines(one: "Trace", zone: tzinfo) -> Iterator["Text"]:
    row = one.row
    public = when(row.published_at, zone) if row.published_at is not None else f"{row.state}, begun or found later"
    yield styled(f"{row.key}", "bold")
    yield styled(f"  {row.receipt.url if row.receipt is not None else 'no address is known'}", "")
    if row.state is State.WITHDRAWN:
        public = f"(public {public}), {row.reason}"
    yield styled(f"  {row.state} {public}", "")
    if not (one.again and one.earlier is not None):
        yield from _words(one.text)
    if one.printed is None:
        yield styled("  What it printed cannot be told any more: its revision was purged, or is not known.", "yellow")
    for printed in one.printed or ():
        yield from _figure(printed)
    if one.printed is not None and not one.printed and not one.again:
        yield styled("  It prints no figure.", "")
    if one.earlier is not None:
        yield from _earlier(one.earlier, again=one.again)
    approved = ", ".join(f"{who} ({when(at, zone)})" for who, at in one.approved) or "nobody that the record knows"
    yield styled(f"  Approved by {approved}", "")
    if one.applied_at is not None:
        yield styled(
            f"  Written in revision {one.revision}, applied by {one.applied_by} {when(one.applied_at, zone)}", ""
        )
    for other in one.answers:
        yield styled(f"  Corrected by {other.key} ({other.state})", "yellow")
    whole = f"The record is NOT whole: {one.fault}" if one.fault else "The record is whole (`amplify verify`)."
    yield styled(f"  {whole}", "bold red" if one.fault else "green")


def _earlier(one: "Trace", *, again: bool) -> Iterator["Text"]:
    """The post that it shows, with the figures of that one."""
    where = one.row.receipt.url if one.row.receipt is not None else "no address is known"
    yield styled(f"  {'Shows again' if again else 'Quotes'} {one.row.key} ({one.row.state})", "bold")
    yield styled(f"  {where}", "")
    yield from _words(one.text)
    if one.printed is None:
        yield styled("  What that one printed cannot be told any more.", "yellow")
    for printed in one.printed or ():
        yield from _figure(printed)
    for other in one.answers:
        yield styled(f"  That one is corrected by {other.key} ({other.state})", "yellow")


def _words(text: str) -> Iterator["Text"]:
    """Enough of them to know the post again; the numbers below are what was asked for."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        yield styled("  (its words are not shown: about a person, erased, or not known any more)", "dim")
    for line in lines[:_LINES]:
        yield styled(f"  | {line}", "dim")
    if len(lines) > _LINES:
        yield styled(f"  | … and {many(len(lines) - _LINES, 'more line')}", "dim")


def _figure(printed: "Printed") -> Iterator["Text"]:
    figure = printed.figure
    label = figure.label.get("en") or next(iter(figure.label.values()), figure.id)
    yield styled(f"  {figure.id}: {figure.counted}", "bold")
    yield styled(f"    what      {label}{f' ({figure.definition_id})' if figure.definition_id else ''}", "")
    yield styled(f"    as of     {figure.period or figure.as_of}", "")
    yield styled(f"    source    {_source(figure)}", "")
    yield styled(f"    entered   {_hands(figure)}", "")
    yield styled(f"    version   {printed.version}", "")
    if printed.before is not None:
        yield styled(
            f"    before    {printed.before.counted} ({printed.before.as_of}; {printed.before.source.name})", ""
        )
    yield _standing(printed)


def _standing(printed: "Printed") -> "Text":
    if printed.corrected is not None:
        return styled(f"    WRONG     corrected to {printed.corrected.counted} ({printed.corrected.as_of})", "bold red")
    if printed.is_in_force:
        return styled("    today     still what the campaign says", "green")
    if printed.now is None:
        return styled("    today     the campaign has no such figure any more", "yellow")
    return styled(f"    today     the campaign says {printed.now.counted} ({printed.now.as_of})", "yellow")


def _source(version: Version) -> str:
    source = version.source
    archived = f", kept at {source.archived_url}" if source.archived_url else ""
    return f"{source.name}{f', {source.url}' if source.url else ' (no page is known)'}{archived}"


def _hands(version: Version) -> str:
    entered = f"by {version.entered_by}" if version.entered_by else "by somebody who is not named"
    return f"{entered}, confirmed by {version.confirmed_by}" if version.confirmed_by else entered


def _told(one: "Trace", zone: tzinfo) -> dict[str, object]:
    row = one.row
    return {
        "key": str(row.key),
        "state": row.state.value,
        "url": row.receipt.url if row.receipt is not None else "",
        "published_at": iso_if_any(row.published_at, zone),
        "text": one.text,
        "revision": one.revision or None,
        "figures": None if one.printed is None else [_number(printed) for printed in one.printed],
        "approved": [{"by": who, "at": iso(at, zone)} for who, at in one.approved],
        "shows": None if one.earlier is None else {"again": one.again, **_told(one.earlier, zone)},
        "corrected_by": [str(other.key) for other in one.answers],
        "record": one.fault or "whole",
    }


def _number(printed: "Printed") -> dict[str, object]:
    figure = printed.figure
    return {
        "id": figure.id,
        "version": printed.version,
        "said": figure.counted,
        "as_of": figure.as_of.isoformat(),
        "period": figure.period,
        "definition": figure.definition_id,
        "source": {"name": figure.source.name, "url": figure.source.url, "archived_url": figure.source.archived_url},
        "entered_by": figure.entered_by,
        "confirmed_by": figure.confirmed_by,
        "before": printed.before.counted if printed.before is not None else "",
        "in_force": printed.is_in_force,
        "now": printed.now.counted if printed.now is not None else "",
        "corrected": version_id(figure, printed.corrected) if printed.corrected is not None else "",
    }
