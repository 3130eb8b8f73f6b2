"""amplify plan: what applying the files would change in the ledger."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import zone_of
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show
from amplify.cli.told import answer

#: What applying would change something, for scripts.
_CHANGES = 2


@click.command(epilog="\b\nExample:\n  amplify plan\n  amplify plan --exit-code || amplify apply")
@click.option("--exit-code", is_flag=True, help="End with 2 when applying would change something.")
@campaign_option
@json_option
def plan(exit_code: bool, campaign: Path, as_json: bool) -> None:
    """Compare what is written with what the ledger knows. Nothing is changed by looking.

    The actions: create, move, reword, cancel, keep; published (nothing public ever changes by it); blocked.
    """
    from amplify.cli.changes import as_answer, tell
    from amplify.cli.limits import whose_limits
    from amplify.services.plan import plan as compare

    with closing(open_app(campaign)) as app:
        zone, ledger = zone_of(app), app.ledger_if_any()
        with busy("comparing", quiet=as_json):
            made = compare(app.written, app.workshop, ledger).plan
        revision = ledger.revision() if ledger is not None else None
        taken = revision is not None and revision.files == app.folder.files()
        if as_json:
            answer(as_answer(made, zone))
        else:
            tell(made, zone, ledger)
            if made.steps:
                show("`amplify apply` does this.")
            elif taken:
                show("Nothing to apply.")
            else:
                show("No delivery changes, but the files are not those that were applied: `amplify apply` takes them.")
            show(*whose_limits(app.written.channels, app.accounts()))
    if exit_code and not (taken and not made.steps):
        raise click.exceptions.Exit(_CHANGES)
