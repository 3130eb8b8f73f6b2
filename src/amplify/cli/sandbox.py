"""amplify sandbox: look-alikes of the three networks for this campaign, and the walls that followers would see."""

import asyncio
import json
import os
import signal
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.config.children import end_with_parent
from amplify.domain.when import zone_named


@click.command(
    epilog="Example: amplify sandbox        then open the address it prints\n",
)
@click.option("--campaign", type=click.Path(path_type=Path), default=Path(), help="The campaign's folder.")
@click.option("--until-stdin-closes", "as_child", is_flag=True, hidden=True)
@click.option("--json", "as_json", is_flag=True, help="Print the addresses as one JSON object.")
def sandbox(campaign: Path, as_child: bool, as_json: bool) -> None:
    """Start look-alikes of Mastodon, Bluesky and Telegram on this machine, with a page of what followers see.

    They keep their walls in var/sandbox/ and go on where they ended. `amplify run --sandbox` starts them by itself.
    """
    app = open_app(campaign)
    asyncio.run(_serve(app, as_child=as_child, as_json=as_json))


async def _serve(app: App, *, as_child: bool, as_json: bool) -> None:
    from amplify.testing.rehearsal import residents
    from amplify.testing.sandbox import Sandbox

    state = app.root / "var" / "sandbox"
    state.mkdir(parents=True, exist_ok=True)
    ports = state / "ports.json"
    told = json.loads(ports.read_text()) if ports.exists() else None
    campaign = app.written.campaign
    if campaign is None:
        raise click.ClickException("config/campaign.yaml cannot be used; `amplify check` says why")
    zone = zone_named(campaign.zone)
    try:
        running = await Sandbox.open(
            residents(app.written.channels.values(), app.written.posts),
            now=lambda: app.clock.now().astimezone(zone),
            state=state / "walls.json",
            ports=told,
            title=campaign.name,
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    ports.write_text(json.dumps(dict(running.ports)))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    if as_child:
        end_with_parent(lambda: loop.call_soon_threadsafe(stopping.set))
    if as_json:
        click.echo(json.dumps({"urls": dict(running.urls), "pid": os.getpid()}))
    else:
        click.echo(f"What followers would see: {running.urls['page']}   (Ctrl-C ends the sandbox)")
    try:
        await stopping.wait()
    finally:
        await running.close()
