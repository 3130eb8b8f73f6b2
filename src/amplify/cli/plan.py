"""amplify plan: what applying the files would change in the ledger."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show
from amplify.cli.told import answer, many
from amplify.cli.zones import zone_option
from amplify.domain.when import zone_named

if TYPE_CHECKING:
    from amplify.documents.agenda import Agenda
    from amplify.services.plan import Planned

#: What applying would change something, for scripts.
_CHANGES = 2
_EXAMPLES = """\b
Examples:
  amplify plan
  amplify plan --zone Europe/Minsk --zone Europe/London
  amplify plan --format markdown > plan.md
  amplify plan --format ics > plan.ics
  amplify plan --exit-code || amplify apply
"""


@click.command(epilog=_EXAMPLES)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "ics"]),
    default="text",
    help="markdown is for a pull request, ics for a calendar; both hold the words of posts.",
)
@zone_option
@click.option("--exit-code", is_flag=True, help="End with 2 when applying would change something.")
@campaign_option
@json_option
def plan(form: str, zones: tuple[str, ...], exit_code: bool, campaign: Path, as_json: bool) -> None:
    """Compare what is written with what the ledger knows. Nothing is changed by looking.

    What is blocked comes first and needs a hand. Nothing public ever changes by a plan.
    """
    from amplify.cli.changes import agenda_of, as_answer
    from amplify.services.plan import plan as compare

    if as_json and form != "text":
        raise click.UsageError(f"choose one: --json or --format {form}")
    with closing(open_app(campaign)) as app:
        head, ledger = usable(app), app.ledger_if_any()
        with busy("comparing", quiet=as_json):
            planned = compare(app.written, app.workshop, ledger)
        steps = planned.plan.steps
        revision = ledger.revision() if ledger is not None else None
        taken = revision is not None and revision.files == app.files
        if as_json:
            answer(as_answer(planned.plan, zone_named(head.zone)))
        else:
            agenda = agenda_of(planned, app.written, head, zones)
            if form == "ics":
                click.echo(_calendar(agenda, planned, app), nl=False)
            else:
                _tell(agenda, app, taken=taken, as_page=form == "markdown")
    if exit_code and not (taken and not steps):
        raise click.exceptions.Exit(_CHANGES)


def _tell(agenda: "Agenda", app: App, *, taken: bool, as_page: bool) -> None:
    """An empty plan is one sentence."""
    verdict = "`amplify apply` does this."
    if not agenda.plan.steps:
        number = many(len(agenda.plan.changes), "delivery", "deliveries")
        verdict = f"Nothing to apply: what is written is what the ledger knows, {number}."
        if not taken:
            verdict = "No delivery changes, but the files are not those that were applied: `amplify apply` takes them."
    if as_page:
        from amplify.documents.plan_page import plan_page

        click.echo(plan_page(agenda, verdict), nl=False)
    elif not agenda.sections:
        show(verdict)
    else:
        from amplify.cli.changes import tell
        from amplify.cli.limits import whose_limits
        from amplify.services.looking.checked import limits_read

        tell(agenda)
        show(verdict, *whose_limits(limits_read(app.written.channels, app.accounts())))


def _calendar(agenda: "Agenda", planned: "Planned", app: App) -> bytes:
    from amplify.documents.calendar import Facts, calendar
    from amplify.services.waiting import waiting

    waits = waiting(planned, app.written, app.ledger_if_any())
    return calendar(agenda, Facts(intents=planned.intents, known=planned.known, waits=waits), app.clock.now())
