"""amplify demo: 21 May 2023 as it was, squeezed into a minute or two, on look-alikes of the three networks."""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import click

from amplify.bootstrap import App, open_app
from amplify.cli.stage import Stage
from amplify.domain.delivery import Delivery, State
from amplify.domain.when import zone_named
from amplify.services.apply import apply

_TICK = 0.5
_DEFAULT_SECONDS = 90.0


@click.command(
    epilog="Example: amplify demo           then open the address it prints and watch the walls fill\n",
)
@click.option("--campaign", type=click.Path(path_type=Path), default=Path(), help="The campaign's folder.")
@click.option("--until-idle", is_flag=True, help="End when the day is played, instead of keeping the walls up.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def demo(campaign: Path, until_idle: bool, as_json: bool) -> None:
    """Play 21 May 2023, the day of the appeal, on look-alikes of the networks: no account, nobody follows.

    A copy of the campaign in var/demo/ is published by a real worker to a sandbox; both are processes of their own.
    Walls and clock stay there: starting again goes on. Remove var/demo to play it anew.
    """
    root = open_app(campaign).root
    stage = Stage(root / "var" / "demo")
    stage.set_up(root)
    try:
        stage.set_clock(float(os.environ.get("AMPLIFY_DEMO_SECONDS", _DEFAULT_SECONDS)))
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    app = stage.app()
    try:
        played = _play(stage, app, say=_silent if as_json else click.echo, until_idle=until_idle)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    finally:
        stage.strike()
        app.close()
    if as_json:
        click.echo(json.dumps(played, ensure_ascii=False))
    if played["published"] != played["planned"]:
        raise click.exceptions.Exit(1)


def _silent(_: str) -> None:
    pass


def _play(stage: Stage, app: App, *, say: Callable[[str], object], until_idle: bool) -> dict[str, object]:
    stage.start()
    apply(app.folder.files(), app.workshop, app.ledger, by="demo")
    stage.start_worker()
    say(f"Playing 21 May 2023. What followers see: {stage.urls['page']}")
    say(f"sandbox: pid {stage.pids['sandbox']}   worker: pid {stage.pids['worker']}   (Ctrl-C ends both)")
    stage.let_go(app)
    told = {str(row.key): row.state for row in app.ledger.deliveries()}
    done = False
    try:
        while not (done and until_idle):
            time.sleep(_TICK)
            if stage.mind():
                say(f"The worker had ended and was started again: pid {stage.pids['worker']}")
            rows = _planned(app)
            if not any(row.state in _IN_HAND for row in rows):
                stage.let_pass()
            for row in rows:
                if row.state in _TOLD and told.get(str(row.key)) is not row.state:
                    told[str(row.key)] = row.state
                    say(_line(app, row))
            if not done and all(_settled(app, row) for row in rows):
                done = True
                say(_end(rows, stage))
    except KeyboardInterrupt:
        say("Ended. `amplify demo` goes on from here.")
    return _sum(app, stage)


#: The squeezed day waits for them: a machine or a disk that is slow must not carry the rest into the quiet hours.
_IN_HAND = frozenset({State.CLAIMED, State.SENDING})
_TOLD = frozenset({State.PUBLISHED, State.MISSED, State.HELD, State.FAILED, State.UNCONFIRMED})
_GRACE = timedelta(seconds=8)


def _planned(app: App) -> list[Delivery]:
    """All but what somebody who practises has taken back: the day is played without it."""
    return [row for row in app.ledger.deliveries() if row.state not in (State.CANCELLED, State.WITHDRAWN)]


def _settled(app: App, row: Delivery) -> bool:
    """Whether nothing more happens to it by itself."""
    if row.state is State.UNCONFIRMED and row.lost_at is not None:
        # the worker looks for it once the quarantine is over
        return app.clock.machine() > row.lost_at + app.settings.quarantine + _GRACE
    return row.state in _TOLD


def _line(app: App, row: Delivery) -> str:
    campaign = app.written.campaign
    zone = zone_named(campaign.zone) if campaign is not None else None
    why = f"  {row.reason}" if row.state is not State.PUBLISHED else ""
    return f"{row.due.astimezone(zone):%H:%M}  {row.state:<11}  {row.key.channel:<12}  {row.key.post}{why}"


def _end(rows: list[Delivery], stage: Stage) -> str:
    published = sum(row.state is State.PUBLISHED for row in rows)
    return f"The day is played: {published} of {len(rows)} published. The walls stay up: {stage.urls['page']}"


def _sum(app: App, stage: Stage) -> dict[str, object]:
    rows = _planned(app)
    counts = Counter(row.state for row in rows)
    networks = {name: channel.network for name, channel in app.written.channels.items()}
    by_network = Counter(networks[row.key.channel] for row in rows if row.state is State.PUBLISHED)
    with urlopen(f"{stage.urls['page']}/walls.json", timeout=10) as answer:  # noqa: S310 - our own sandbox
        walls = json.load(answer)
    return {
        "planned": len(rows),
        **{
            state.value: counts[state]
            for state in (State.PUBLISHED, State.MISSED, State.HELD, State.UNCONFIRMED, State.FAILED)
        },
        "by_network": dict(by_network),
        "walls": walls,
        "url": stage.urls["page"],
        "pids": stage.pids,
    }
