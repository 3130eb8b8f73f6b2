"""amplify export: what went out, as evidence for others."""

import json
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer, many
from amplify.domain.secrecy import Secrecy

if TYPE_CHECKING:
    from amplify.documents.record.values import Record


@click.command(
    epilog="\b\nExample:\n  amplify export --format html what-went-out.html\n  amplify export > record.jsonl"
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "html"]),
    default="jsonl",
    help="One JSON object a line for programs, or a page for people.",
)
@click.option("--names", is_flag=True, help="Handles as they are, not pseudonyms.")
@click.option("--full", is_flag=True, help="The texts of posts about persons too.")
@campaign_option
@json_option
def export(
    file: Path | None, form: Literal["jsonl", "html"], names: bool, full: bool, campaign: Path, as_json: bool
) -> None:
    """Tell what went out, when, where, with which figures and sources, approved by whom, corrected or withdrawn.

    With the hashes of the record, so that the export can be checked: `amplify verify --noted HASH`. People are
    called approver-1 and so on, texts about persons are left out, and no password is in it.
    """
    from amplify.services.export import export as take

    with closing(open_app(campaign)) as app:
        written = usable(app)
        ledger = app.ledger_if_any()
        if ledger is None:
            raise click.ClickException("there is no ledger: nothing was applied yet, or its file is gone")
        with busy("reading the record", quiet=as_json):
            record = take(ledger, app.workshop, written, now=app.clock.now(), names=names, full=full)
            drawn = app.protection.read().masked(_drawn(record, form, as_json=as_json and file is None))
        _hold_back_secrets(drawn, app)
    if file is None:
        click.echo(drawn, nl=False)
        return
    _keep(file, drawn)
    number = many(len(record.deliveries), "delivery", "deliveries")
    if as_json:
        answer(
            {
                "ok": True,
                "file": str(file),
                "deliveries": len(record.deliveries),
                "lines": record.lines,
                "last": record.last,
            }
        )
    else:
        show(styled(f"{file} tells of {number}. Its record ends with the hash {record.last}", "green"))


def _drawn(record: "Record", form: Literal["jsonl", "html"], *, as_json: bool) -> str:
    from amplify.documents.record.lines import delivery, head, lines
    from amplify.documents.record.page import page

    if as_json:
        said = {"record": head(record), "deliveries": [delivery(one) for one in record.deliveries]}
        return f"{json.dumps(said, ensure_ascii=False)}\n"
    return page(record) if form == "html" else "".join(f"{line}\n" for line in lines(record))


def _hold_back_secrets(drawn: str, app: App) -> None:
    """Raises ClickException where a password or token got into something that was sent."""
    for channel, secrets in app.secrets().items():
        if Secrecy.of(secrets).told_by(drawn):
            told = f"the export would contain a password or token of {channel}, so nothing was written; revoke it"
            raise click.ClickException(told)


def _keep(file: Path, drawn: str) -> None:
    """For the eyes of its owner, and never over another file. Raises ClickException, OSError."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; an export never writes over another file") from None
    with os.fdopen(opened, "w", encoding="utf-8") as written:
        written.write(drawn)
