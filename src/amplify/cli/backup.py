"""amplify backup and restore: copies of the ledger, made while a worker runs, and put back when it is lost."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import BACKUPS, open_app
from amplify.cli.at_hand import usable, zone_of
from amplify.cli.options import by_option, campaign_option, confirmed, json_option, yes_option
from amplify.cli.screen import busy, columns, show, styled
from amplify.cli.told import answer, iso, many, what, when


@click.command(epilog="\b\nExample:\n  amplify backup\n  amplify backup ../copies/monday.db")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@campaign_option
@json_option
def backup(file: Path | None, campaign: Path, as_json: bool) -> None:
    """Copy the ledger to FILE, also while a worker runs, and prove that the copy is whole.

    Without FILE it lies in var/backups/, named by date and time. It holds no password and no token; keep it as
    private as the ledger itself. Pictures and texts lie in the campaign's folder: copy that too.
    """
    with closing(open_app(campaign)) as app:
        usable(app)
        now = app.clock.now()
        target = file or app.root / BACKUPS / f"amplify-{now:%Y-%m-%dT%H%M%SZ}.db"
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with busy("copying the ledger", quiet=as_json):
            lines = app.back_up(target)
    if as_json:
        answer({"ok": True, "file": str(target), "lines": lines, "at": now.isoformat()})
    else:
        show(
            styled(
                f"The ledger is copied to {target}: {many(lines, 'line')} of record, and the copy is whole.", "green"
            )
        )


@click.command(epilog="\b\nExample:\n  amplify restore var/backups/amplify-2027-05-20T070000Z.db --by reviewer")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@by_option
@yes_option
@campaign_option
@json_option
def restore(file: Path, by: str, yes: bool, campaign: Path, as_json: bool) -> None:
    """Put a copy in the ledger's place, after the ledger was lost or damaged. No worker may run.

    What was due since the copy was made may be public, and the copy does not know: it becomes unconfirmed and is
    looked for on the accounts, or a person is asked. Every yes has to be given again. The ledger that was there
    is kept beside the new one.
    """
    from amplify.services.approve import check_name

    with closing(open_app(campaign)) as app:
        usable(app)
        check_name(by, app.written)
        if not (yes or confirmed(f"Put {file} in the place of the ledger, and void every yes?", err=as_json)):
            raise click.exceptions.Exit(1)
        with busy("putting the copy back", quiet=as_json):
            done = app.restore(file, by=by)
        zone = zone_of(app)
    if as_json:
        asked = [{"key": str(row.key), "due": iso(row.due, zone), "state": row.state.value} for row in done.asked]
        answer({"ok": True, "replaced": str(done.aside) if done.aside else None, "unconfirmed": asked})
        return
    show(styled(f"{file} is the ledger now. Every yes has to be given again.", "bold"))
    if done.aside is not None:
        show(f"The one that was there is kept as {done.aside}.")
    if done.asked:
        told = many(
            len(done.asked), "delivery was due since and may be public", "deliveries were due since and may be public"
        )
        show(f"{told}. The worker looks for them; what it cannot find, `amplify status` asks about:")
        show(columns([(when(row.due, zone), row.key.channel, what(row.key)) for row in done.asked]))
