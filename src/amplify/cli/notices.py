"""amplify notices: who is told when something needs a hand, and whether it arrives."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer
from amplify.ports.notifier import NotTold

_TITLE = "a trial"
_BODY = "This is a trial of amplify's notices. Nothing has happened, and there is nothing to do."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """`why` is None where nothing was tried, empty where it arrived."""

    name: str
    why: str | None = None

    @property
    def sentence(self) -> str:
        if self.why is None:
            return f"{self.name} is set."
        return f"{self.name}: it did not arrive: {self.why}." if self.why else f"{self.name}: it arrived."


@click.command(epilog="\b\nExample:\n  amplify notices --test")
@click.option("--test", "test", is_flag=True, help="Send a trial to all of them, and say whether it arrived.")
@campaign_option
@json_option
def notices(test: bool, campaign: Path, as_json: bool) -> None:
    """Show who is told when something needs a hand: AMPLIFY_NOTICES and AMPLIFY_HEARTBEAT, without their addresses.

    The worker tells what failed, was missed, is held, halted, stopped or perhaps public, and once a day how things stand.
    Set both in the environment of the worker, and here for the trial. Exit code 1 when a trial does not arrive.
    """
    app = open_app(campaign)
    trials = asyncio.run(_all(app, test=test))
    if as_json:
        answer({"notices": [{"name": each.name, "tried": test, "why": each.why or ""} for each in trials]})
    for each in trials if not as_json else ():
        show(styled(each.sentence, "bold red" if each.why else "green"))
    if not as_json:
        for missing in _missing(app):
            show(styled(missing, "yellow"))
    if test and (not trials or any(each.why for each in trials)):
        raise click.exceptions.Exit(1)


async def _all(app: App, *, test: bool) -> Sequence[_Trial]:
    written = app.written.campaign
    title = f"{written.name if written is not None else 'amplify'}: {_TITLE}"
    tried = [
        _tried(f"Address {number} ({notifier.kind})", notifier.notify(title, _BODY, urgent=False), test=test)
        for number, (notifier, _) in enumerate(app.recipients(), start=1)
    ]
    heartbeat = app.heartbeat()
    if heartbeat is not None:
        tried.append(_tried("The heartbeat", heartbeat.beat(), test=test))
    return await asyncio.gather(*tried)


async def _tried(name: str, attempt: Coroutine[object, object, None], *, test: bool) -> _Trial:
    if not test:
        attempt.close()
        return _Trial(name=name)
    try:
        await attempt
    except NotTold as error:
        return _Trial(name=name, why=str(error))
    return _Trial(name=name, why="")


def _missing(app: App) -> Sequence[str]:
    if app.sandbox is not None:
        return ["This folder is a rehearsal: it tells nobody."]
    said = []
    if not app.settings.notices:
        said.append("AMPLIFY_NOTICES is not set, so nobody is told when something needs a hand.")
    if not app.settings.heartbeat:
        said.append("AMPLIFY_HEARTBEAT is not set, so nobody is told when the worker falls silent.")
    return said
