"""amplify check: what is wrong, where, and what to do."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer, many

if TYPE_CHECKING:
    from rich.text import Text

    from amplify.domain.problem import Problem


@click.command(epilog="\b\nExample:\n  amplify check && amplify plan")
@campaign_option
@json_option
def check(campaign: Path, as_json: bool) -> None:
    """Say everything about the files that can be known without a network: what is wrong, where, what to do.

    Errors hold what they name, everything else goes on; warnings are for you to judge. Exit code 1 on an error.
    """
    from amplify.services.check import check as find

    with closing(open_app(campaign)) as app:
        with busy("reading and setting every post", quiet=as_json):
            problems = find(app.written, app.workshop, app.ledger_if_any(), app.unset_secrets())
        errors = sum(problem.is_error for problem in problems)
        if as_json:
            answer({"ok": not errors, "problems": [_as_json(problem) for problem in problems]})
        else:
            _tell(problems, errors, app)
    if errors:
        raise click.exceptions.Exit(1)


def _as_json(problem: "Problem") -> dict[str, object]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def _tell(problems: list["Problem"], errors: int, app: App) -> None:
    from amplify.cli.limits import whose_limits

    show(*(_line(problem) for problem in problems))
    warnings = len(problems) - errors
    if problems:
        show(f"{many(errors, 'error')}, {many(warnings, 'warning')} in {many(len(app.written.posts), 'post')}.")
    else:
        show(styled(f"Nothing is wrong in {many(len(app.written.posts), 'post')}.", "green"))
    show(*whose_limits(app.written.channels, app.accounts()))


def _line(problem: "Problem") -> "Text":
    place = problem.place
    line = styled(f"{place.file}:{place.line}:{place.column}: ", "bold")
    line.append(f"{problem.severity}: ", style="bold red" if problem.is_error else "yellow")
    line.append(problem.message)
    if problem.hint:
        line.append(f" ({problem.hint})", style="cyan")
    return line
