"""amplify verify: is the record whole?"""

import json
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import campaign_option, json_option


@click.command(epilog="Example: amplify verify")
@campaign_option
@json_option
def verify(campaign: Path, as_json: bool) -> None:
    """Follow the record from its first line to its last. Ends with 1 where a line was changed, removed or added."""
    app = open_app(campaign)
    ledger = app.ledger_if_any()
    fault = ledger.verify() if ledger is not None else ""
    lines = len(ledger.history()) if ledger is not None else 0
    app.close()
    if as_json:
        click.echo(json.dumps({"ok": not fault, "lines": lines, "fault": fault}, ensure_ascii=False))
    else:
        click.echo(f"The record is not whole: {fault}" if fault else f"The record is whole: {lines} lines.")
    if fault:
        raise click.exceptions.Exit(1)
