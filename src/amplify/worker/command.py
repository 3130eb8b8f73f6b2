"""amplify run: the worker as a command."""

import asyncio
import json
import signal
from collections import Counter
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.config.children import end_with_parent
from amplify.domain.delivery import Delivery, State
from amplify.domain.when import zone_named
from amplify.ports.ledger import Busy, LedgerError


@click.command(
    epilog="Example: amplify run            follow the files and publish until told to stop (Ctrl-C)\n",
    short_help="Publish what is due: the worker.",
)
@click.option("--campaign", type=click.Path(path_type=Path), default=Path(), help="The campaign's folder.")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--until-idle", is_flag=True, help="End when nothing is due within a minute.")
@click.option("--no-watch", is_flag=True, help="Follow only `amplify apply`, not the files.")
@click.option("--sandbox", is_flag=True, help="Rehearse on look-alikes of the networks, with a ledger of its own.")
@click.option("--until-stdin-closes", "as_child", is_flag=True, hidden=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def run(
    campaign: Path, once: bool, until_idle: bool, no_watch: bool, sandbox: bool, as_child: bool, as_json: bool
) -> None:
    """Publish what is due, on schedule, until told to stop.

    Changes to the files are taken once they have rested for two seconds. Ctrl-C or SIGTERM ends it after the
    requests that are on their way.
    """
    from amplify.worker.rehearsal import rehearsing

    with rehearsing(campaign, quiet=as_json) if sandbox else closing(open_app(campaign)) as app:
        work = _work(app, watching=not no_watch, once=once, until_idle=until_idle, quiet=as_json, as_child=as_child)
        counts = asyncio.run(work)
    if as_json:
        click.echo(json.dumps({state.value: counts[state] for state in State if counts[state]}))


async def _work(
    app: App, *, watching: bool, once: bool, until_idle: bool, quiet: bool, as_child: bool
) -> Counter[State]:
    from amplify.clockwork.apscheduler_clock import SchedulerAlarm
    from amplify.worker.beside import Outside
    from amplify.worker.murmurs import overheard
    from amplify.worker.obituary import tell_why_it_ends
    from amplify.worker.work import Worker

    counts: Counter[State] = Counter()

    def tell(row: Delivery) -> None:
        counts[row.state] += 1
        if not quiet:
            click.echo(_line(app, row))

    def say(words: str) -> None:
        click.echo(words, err=True)

    outside = Outside(recipients=app.recipients(), heartbeat=app.heartbeat())
    alarm = SchedulerAlarm(app.clock)
    try:
        worker = Worker(app=app, alarm=alarm, tell=tell, say=say, watching=watching, outside=outside)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, worker.stop)
        if as_child:
            end_with_parent(lambda: loop.call_soon_threadsafe(worker.stop))
        if not quiet and not (once or until_idle):
            click.echo("Working. Ctrl-C ends it after what is on its way; `amplify stop` stops all posts.", err=True)
        with overheard(worker.remark, worker.secrets):
            await worker.run(until_idle=until_idle, once=once)
    except Busy:
        raise
    except LedgerError as error:
        await tell_why_it_ends(app, outside, error, say)
        raise
    finally:
        alarm.close()
    return counts


def _line(app: App, row: Delivery) -> str:
    campaign = app.written.campaign
    zone = zone_named(campaign.zone) if campaign is not None else None
    at = app.clock.now().astimezone(zone)
    told = row.receipt.url if row.state is State.PUBLISHED and row.receipt is not None else row.reason
    return f"{at:%d %b %H:%M}  {row.state:<11}  {row.key}  {told}".rstrip()
