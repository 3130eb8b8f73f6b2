"""amplify verify: prove that the record was not changed."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer, many


@click.command(epilog="\b\nExample:\n  amplify verify")
@campaign_option
@json_option
def verify(campaign: Path, as_json: bool) -> None:
    """Prove that no line of the record was changed, removed or inserted, and that every delivery is what it says.

    Note the last hash somewhere else: with it, nobody can replace the whole record unseen. Exit code 1 on a fault.
    """
    with closing(open_app(campaign)) as app:
        usable(app)
        ledger = app.ledger_if_any()
        if ledger is None:
            raise click.ClickException("there is no ledger: nothing was applied yet, or its file is gone")
        with busy("reading the record", quiet=as_json):
            fault, lines = ledger.verify(), ledger.history()
    last = lines[-1].hash if lines else ""
    if as_json:
        answer({"ok": not fault, "fault": fault, "lines": len(lines), "last": last})
    elif fault:
        show(styled(f"The record was changed: {fault}.", "bold red"))
    else:
        show(styled(f"The record is whole: {many(len(lines), 'line')}, the last hash is {last}", "green"))
    if fault:
        raise click.exceptions.Exit(1)
