"""amplify check: what is wrong, where, and what to do."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.looked import checked
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, on_terminal, show, styled
from amplify.cli.told import answer, many
from amplify.services.looking.checked import Checked

if TYPE_CHECKING:
    from amplify.domain.problem import Problem


_FORMATS = ("text", "json", "github", "sarif")


@click.command(
    epilog="\b\nExample:\n  amplify check && amplify plan\n  amplify check --format sarif > findings.sarif"
    "\n  amplify check --explain tag-case"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default=None,
    help="For people (text), for programs (json), as notes beside a pull request (github), as findings (sarif).",
)
@click.option(
    "--explain", metavar="CODE", default="", help="Show the page of a code, such as tag-case, and look at nothing."
)
@campaign_option
@json_option
def check(form: str | None, explain: str, campaign: Path, as_json: bool) -> None:
    """Say everything about the files that can be known without a network: what is wrong, where, what to do.

    Errors hold what they name, everything else goes on; warnings are for you to judge. Exit code 1 on an error.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} do not go together; choose one")
    if explain:
        _explain(explain, as_json=as_json)
        return
    with closing(open_app(campaign)) as app:
        with busy("reading and setting every post", quiet=as_json):
            answered = checked(app)
        problems = answered.problems
        errors = sum(problem.is_error for problem in problems)
        if as_json or form == "json":
            answer({"ok": not errors, "problems": [_as_json(problem) for problem in problems]})
        elif form == "github":
            _annotate(problems, app)
        elif form == "sarif":
            _report(problems, app)
        else:
            _tell(answered, errors, app)
    if errors:
        raise click.exceptions.Exit(1)


def _explain(code: str, *, as_json: bool) -> None:
    from amplify.authoring.linting.explained import explained

    try:
        page = explained(code.strip().lower())
    except KeyError as unknown:
        told = f"there is no page for `{code}`: what `amplify check` says of it is all that there is"
        raise click.ClickException(f"{told} ({unknown.args[0]})") from None
    if as_json:
        answer({"code": code, "page": page})
    else:
        click.echo(page.rstrip())


def _annotate(problems: list["Problem"], app: App) -> None:
    """Files are named from where the command runs: in a pull request, from the repository's root."""
    from amplify.documents.annotations import annotations

    here = Path.cwd()
    folder = f"{app.root.relative_to(here).as_posix()}/" if here in app.root.parents else ""
    if problems:
        click.echo(annotations(problems, folder))


def _report(problems: list["Problem"], app: App) -> None:
    from importlib.metadata import version

    from amplify.documents.sarif import sarif

    click.echo(sarif(problems, root=f"{app.root.as_uri()}/", version=version("amplify")))


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


def _tell(answered: Checked, errors: int, app: App) -> None:
    from amplify.cli.limits import limits_told, whose_limits

    problems, posts = answered.problems, many(answered.posts, "post")
    warnings = many(len(problems) - errors, "warning")
    verdict = f"{many(errors, 'error')}, {warnings} in {posts}." if problems else f"Nothing is wrong in {posts}."
    if not on_terminal():  # without loading what draws
        click.echo("\n".join([*map(_line, problems), verdict, *limits_told(answered.limits)]))
        return
    from amplify.cli.pointing import Lines, pointed

    show(*pointed(problems, Lines(app.files)))
    show(verdict if problems else styled(verdict, "green"), *whose_limits(answered.limits))


def _line(problem: "Problem") -> str:
    from amplify.authoring.linting.explained import has_page

    return f"{problem} [{problem.code}]" if has_page(problem.code) else str(problem)
