"""amplify figures check: what is doubtful about the numbers today, and what waits for somebody."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.figure_words import day_told, fresh_until, today
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer, many
from amplify.domain.figure import Status

_FILE = "config/figures.yaml"


@click.command(epilog="\b\nExample:\n  amplify figures check")
@campaign_option
@json_option
def check(campaign: Path, as_json: bool) -> None:
    """Say what is wrong or doubtful about the figures as of today. Exit code 1 on an error.

    `amplify check` says the same of the files; this one also knows the day, and the numbers that wait.
    """
    with closing(open_app(campaign)) as app:
        found = list(_found(app, today(app)))
        errors = sum(severity == "error" for severity, *_ in found)
        if as_json:
            keys = ("severity", "code", "message", "hint")
            answer({"ok": not errors, "problems": [dict(zip(keys, one, strict=True)) for one in found]})
        else:
            for severity, _, message, hint in found:
                line = styled(f"{severity}: ", "bold red" if severity == "error" else "yellow").append(message)
                show(line.append(f" ({hint})", style="cyan") if hint else line)
            figures = many(len(app.written.figures), "figure")
            told = f"{many(errors, 'error')}, {many(len(found) - errors, 'warning')} in {figures}."
            show(told if found else styled(f"Nothing is doubtful in {figures} today.", "green"))
    if errors:
        raise click.exceptions.Exit(1)


def _found(app: App, on: date) -> Iterator[tuple[str, str, str, str]]:
    """Severity, code, message and hint."""
    from amplify.domain.doubt import doubts

    for problem in app.written.problems:
        if problem.place.file == _FILE:
            place = f"{_FILE}:{problem.place.line}"
            yield problem.severity.value, problem.code, f"{place}: {problem.message}", problem.hint
    figures = app.written.figures
    for figure in figures.values():
        known = {doubt.code for doubt in doubts(figure, figures.values(), today=figure.as_of)}
        for doubt in doubts(figure, figures.values(), today=on):
            if doubt.code not in known:
                severity = "warning" if figure.status is Status.HISTORICAL else "error"
                yield severity, doubt.code, f"{figure.id}: {doubt.message}", doubt.hint
        age, most = figure.age(on), fresh_until(figure, app)
        if age > most:
            told = f"{figure.id} is of {day_told(figure.as_of)}: {age} days old, {most} allowed"
            yield "warning", "stale", told, f"look at the source, then `amplify figures set {figure.id} …`"
    ledger = app.ledger_if_any()
    for one in ledger.proposals() if ledger is not None else ():
        told = f"{one.figure}: {one.version.counted} of {day_told(one.as_of)}, proposed by {one.by}, waits"
        yield "warning", "waits", told, f"`amplify figures confirm {one.id} --by NAME`, after a look at the source"
