"""amplify plan: what applying the files would change in the ledger."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show
from amplify.cli.told import answer
from amplify.cli.zones import zone_option
from amplify.domain.when import zone_named

#: What applying would change something, for scripts.
_CHANGES = 2


@click.command(
    epilog="\b\nExample:\n  amplify plan\n  amplify plan --zone Europe/Minsk\n  amplify plan --exit-code || amplify apply"
)
@click.option("--exit-code", is_flag=True, help="End with 2 when applying would change something.")
@zone_option
@campaign_option
@json_option
def plan(exit_code: bool, zones: tuple[str, ...], campaign: Path, as_json: bool) -> None:
    """Compare what is written with what the ledger knows. Nothing is changed by looking.

    What is blocked comes first and needs a hand. Nothing public ever changes by a plan.
    """
    from amplify.cli.changes import agenda_of, as_answer, tell
    from amplify.cli.limits import whose_limits
    from amplify.services.plan import plan as compare

    with closing(open_app(campaign)) as app:
        head, ledger = usable(app), app.ledger_if_any()
        with busy("comparing", quiet=as_json):
            planned = compare(app.written, app.workshop, ledger)
        made = planned.plan
        revision = ledger.revision() if ledger is not None else None
        taken = revision is not None and revision.files == app.files
        if as_json:
            answer(as_answer(made, zone_named(head.zone)))
        else:
            tell(agenda_of(planned, app.written, head, zones))
            if made.steps:
                show("`amplify apply` does this.")
            elif taken:
                show("Nothing to apply.")
            else:
                show("No delivery changes, but the files are not those that were applied: `amplify apply` takes them.")
            show(*whose_limits(app.written.channels, app.accounts()))
    if exit_code and not (taken and not made.steps):
        raise click.exceptions.Exit(_CHANGES)
