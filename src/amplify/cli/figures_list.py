"""amplify figures list: every figure with its day, whether it may be printed today, and the numbers that wait."""

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.figure_words import day_told, fresh_until, proposal_json, proposal_told, today, version_json
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer
from amplify.domain.figure import Figure


@click.command("list", epilog="\b\nExample:\n  amplify figures list")
@campaign_option
@json_option
def list_(campaign: Path, as_json: bool) -> None:
    """List the figures: the number in force, its day, its source, and whether a post may print it today."""
    with closing(open_app(campaign)) as app:
        on, ledger = today(app), app.ledger_if_any()
        known = app.written.figures
        waiting = ledger.proposals() if ledger is not None else ()
        if as_json:
            told = [_as_json(figure, on, app) for figure in known.values()]
            answer({"figures": told, "proposals": [proposal_json(one) for one in waiting]})
            return
        if not known:
            show("No figures are written in config/figures.yaml; docs/figures.md shows how.")
        rows = [
            (
                styled(figure.id, "bold"),
                figure.counted,
                day_told(figure.as_of),
                figure.source.name,
                styled(*standing(figure, on, app)),
            )
            for figure in known.values()
        ]
        show(columns(rows))
        for one in waiting:
            show("", *proposal_told(one))
        broken = sum(
            problem.is_error and problem.place.file == "config/figures.yaml" for problem in app.written.problems
        )
        if broken:
            show(styled("Some figures are wrong and not listed here: `amplify figures check` says why.", "bold red"))


def standing(figure: Figure, on: date, app: App) -> tuple[str, str]:
    """Whether posts may print it on that day, in words and in a colour."""
    if figure.held:
        return figure.held, "yellow"
    if figure.untrue_from is not None and figure.untrue_from <= on:
        return figure.untrue, "red"
    age, most = figure.age(on), fresh_until(figure, app)
    if age < 0:
        return "its day is still to come", "red"
    if age > most:
        return f"stale: {age} days old, {most} allowed", "yellow"
    return f"fresh for {most - age} more days", "green"


def _as_json(figure: Figure, on: date, app: App) -> dict[str, object]:
    return {
        "id": figure.id,
        "label": dict(figure.label),
        "kind": figure.kind.value,
        "unit": figure.unit,
        "definition_id": figure.definition_id,
        "status": figure.status.value,
        **version_json(figure, figure.now),
        "max_age_days": fresh_until(figure, app),
        "age_days": figure.age(on),
        "held": figure.held,
        "standing": standing(figure, on, app)[0],
    }
