"""amplify verify: prove that the record was not changed."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer, many

#: As much of a hash as cannot be another's by chance.
_LEAST = 8


@click.command(epilog="\b\nExample:\n  amplify verify\n  amplify verify --noted 3fa94c2be1")
@click.option(
    "--noted", default="", metavar="HASH", help="Prove too that the record still has the line with this hash."
)
@campaign_option
@json_option
def verify(noted: str, campaign: Path, as_json: bool) -> None:
    """Prove that no line of the record was changed, removed or inserted, and that everything is as it says.

    Note the last hash somewhere else: with it, nobody can replace the whole record unseen. Exit code 1 on a fault.
    """
    noted = noted.strip().lower()
    if noted and len(noted) < _LEAST:
        raise click.BadParameter(f"give at least its first {_LEAST} letters", param_hint="--noted")
    with closing(open_app(campaign)) as app:
        usable(app)
        ledger = app.ledger_if_any()
        if ledger is None:
            raise click.ClickException("there is no ledger: nothing was applied yet, or its file is gone")
        with busy("reading the record", quiet=as_json):
            fault = ledger.verify()
            lines = ledger.history() if not fault else ()
    last = lines[-1].hash if lines else ""
    found = next((line for line in lines if noted and line.hash.startswith(noted)), None)
    if noted and not fault and found is None:
        fault = f"it has no line with the hash {noted}; either it was replaced, or that hash is of another record"
    if as_json:
        answer({"ok": not fault, "fault": fault, "lines": len(lines), "last": last})
    elif fault:
        show(styled(f"The record was changed: {fault}.", "bold red"))
    else:
        if found is not None:
            show(f"The hash that you noted is that of line {found.seq}, of {found.at:%d %b %Y %H:%M} UTC.")
        show(styled(f"The record is whole: {many(len(lines), 'line')}, the last hash is {last}", "green"))
    if fault:
        raise click.exceptions.Exit(1)
