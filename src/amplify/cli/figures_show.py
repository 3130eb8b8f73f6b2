"""amplify figures show: everything that is written about one figure, its versions, and what waits for it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.figure_words import counts, day_told, proposal_json, proposal_told, today, version_json
from amplify.cli.figures_list import standing
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer
from amplify.domain.figure import Figure, Version, version_id


@click.command("show", epilog="\b\nExample:\n  amplify figures show political_prisoners")
@click.argument("name", metavar="ID")
@campaign_option
@json_option
def show_(name: str, campaign: Path, as_json: bool) -> None:
    """Show one figure: what it counts, its number, what is likely of it, its versions with their ids."""
    from amplify.services.propose import figure_named

    with closing(open_app(campaign)) as app:
        figure, ledger = figure_named(name, app.written), app.ledger_if_any()
        waiting = ledger.proposals(name) if ledger is not None else ()
        if as_json:
            answer(
                {
                    "id": figure.id,
                    "label": dict(figure.label),
                    "definition_id": figure.definition_id,
                    "kind": figure.kind.value,
                    "unit": figure.unit,
                    "status": figure.status.value,
                    "held": figure.held,
                    "limits": {name: getattr(figure.bounds, name) for name in figure.bounds.__slots__},
                    "versions": [version_json(figure, version) for version in figure.versions],
                    "proposals": [proposal_json(one) for one in waiting],
                }
            )
            return
        show(styled(f"{figure.id}: {counts(figure)}", "bold"))
        show(columns((styled(key, "dim"), told) for key, told in _told(figure, app) if told))
        show("", "Versions, the oldest first:")
        show(columns(_version(figure, version) for version in figure.versions))
        for one in waiting:
            show("", *proposal_told(one))


def _told(figure: Figure, app: App) -> Iterator[tuple[str, str]]:
    bounds, scope = figure.bounds, figure.scope
    yield "number", f"{figure.counted} as of {day_told(figure.as_of)}"
    yield "today", standing(figure, today(app), app)[0]
    yield "source", figure.source.name
    yield "page", figure.source.url
    yield "copy of the page", figure.source.archived_url
    yield "as printed", figure.raw
    yield "period", figure.period
    yield "parts", ", ".join(f"{name} {part}" for name, part in figure.breakdown.items())
    yield "scope", scope.get("en") or next(iter(scope.values()), "")
    yield "kind", " of ".join(word for word in (figure.kind.value, figure.unit or "") if word)
    yield "likely", _likely(figure)
    yield "people", f"{bounds.people} must look at every new number" if (bounds.people or 1) > 1 else ""
    yield "entered by", figure.entered_by
    yield "confirmed by", figure.confirmed_by
    yield "reason", figure.reason
    yield "corrects", figure.corrects
    yield "published on", str(figure.published_on or "")
    yield "read", figure.retrieved_at.isoformat(" ", "minutes") if figure.retrieved_at else ""
    yield "status", figure.status.value
    yield "licence", figure.licence
    yield "note", figure.note


def _likely(figure: Figure) -> str:
    bounds = figure.bounds
    said = (
        (bounds.min, "at least {}"),
        (bounds.max, "at most {}"),
        (bounds.max_rise_pct, "{} % more at once"),
        (bounds.max_drop_pct, "{} % less at once"),
        (bounds.max_step, "{} more or less at once"),
    )
    told = [words.format(number) for number, words in said if number is not None]
    return ", ".join([*told, *(["never less than before"] if bounds.monotone else [])])


def _version(figure: Figure, version: Version) -> tuple[str, str, str, str]:
    corrects = f"corrects {version.corrects}" if version.corrects else version.note
    return version_id(figure, version), version.counted, version.source.name, corrects
