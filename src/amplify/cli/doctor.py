"""amplify doctor: everything at once, for this machine and this campaign, the worst first."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.channels_seen import STYLES, table_of, told
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show, styled
from amplify.cli.told import answer
from amplify.ports.examining import Observation, Standing, wrong


@click.command(epilog="\b\nExample:\n  amplify doctor\n  amplify doctor --offline")
@click.option("--offline", is_flag=True, help="Ask no server.")
@campaign_option
@json_option
def doctor(offline: bool, campaign: Path, as_json: bool) -> None:
    """Look at everything: files, record, secrets, accounts, clock, worker, copies. The worst stands first.

    Nothing is posted and nothing is changed. Exit code 1 where something is wrong.
    """
    with closing(open_app(campaign)) as app, busy("looking at everything", quiet=as_json):
        found = sorted(_found(app, offline=offline), key=lambda one: one.standing.rank)
    is_wrong = any(one.standing is Standing.WRONG for one in found)
    if as_json:
        answer({"ok": not is_wrong, "first": _first(found), "findings": [told(one) for one in found]})
    else:
        show(table_of(found), "", styled(f"{_first(found)}.", STYLES[found[0].standing]))
    if is_wrong:
        raise click.exceptions.Exit(1)


def _first(found: Sequence[Observation]) -> str:
    """What to do first, in one sentence."""
    worst = found[0]
    todo = worst.advice or worst.told
    match worst.standing:
        case Standing.WRONG:
            return f"First see to {worst.topic}: {todo}"
        case Standing.NOTE:
            return f"Nothing is wrong. When there is time, begin with {worst.topic}: {todo}"
        case _:
            return "All is in order"


def _found(app: App, *, offline: bool) -> Iterator[Observation]:
    """In the order of their weight, where they stand alike. One look that fails does not end the others."""
    from amplify.cli.doctor_accounts import accounts
    from amplify.cli.doctor_campaign import brakes, figures, files
    from amplify.cli.doctor_machine import machine, notices, plugins
    from amplify.cli.doctor_record import copies, record, worker
    from amplify.cli.doctor_secrets import leaks, modes, unset

    looks = [record, files, leaks, modes, unset, brakes, worker, machine, plugins, figures, copies, notices]
    if not offline:
        looks.insert(5, accounts)
    for look in looks:
        try:
            yield from look(app)
        except Exception as error:  # noqa: BLE001 - a doctor who faints helps nobody
            yield wrong(look.__name__, f"It could not be looked at: {error}", "")
