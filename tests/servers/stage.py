"""A campaign of one post on many channels, played by a real worker with a real ledger against real addresses."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amplify.bootstrap import CLOCK_FILE, App, open_app
from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.clockwork.clocks import wind
from amplify.domain.delivery import Delivery
from amplify.services.apply import apply
from amplify.services.rehearse import approve_all
from amplify.worker.work import Worker

_CAMPAIGN = """\
name: A trial
edition: "2027"
timezone: UTC
day: {at:%Y-%m-%d}
languages: [en, de, be, ru]
hashtags: {{core: [Belarus]}}
coordinators: {{one: {{}}, two: {{}}}}
rules: {{quiet_hours: none}}
"""
_POST = """\
- id: post
  kind: statement
  at: {at:%Y-%m-%d %H:%M}
  channels: all
  text: {{en: "{text}", de: "{text}", be: "{text}", ru: "{text}"}}
"""
#: Long enough to reach every server first.
SOON = timedelta(seconds=2)
_LANGUAGES = ("en", "de", "be", "ru")
_SECRETS = ("token", "password")


def campaign(
    root: Path,
    channels: Mapping[str, Mapping[str, str]],
    *,
    text: str,
    timeout: timedelta,
    post: str = _POST,
    links: str = "",
    soon: timedelta = SOON,
) -> App:
    """Its one post has been approved and is due `soon` on every channel: posts are written to the minute, so the
    campaign's clock lags behind by less than one, and stands until all is written. `channels` name their network
    and their secrets.
    """
    slot = datetime.now(UTC).replace(second=0, microsecond=0)
    clock = wind(root / "var" / CLOCK_FILE, start=slot - soon, speed=1, spring=timedelta())
    environ, entries, chats = {}, {}, iter(_LANGUAGES)
    for number, (name, settings) in enumerate(channels.items()):
        hidden = {field: f"T_{number}" for field in _SECRETS if field in settings}
        environ |= {variable: settings[field] for field, variable in hidden.items()}
        written = {**settings, **{field: f"${{{variable}}}" for field, variable in hidden.items()}}
        # a Bot API server on this machine leads to Telegram all the same, where one language has one voice
        language = next(chats) if settings["network"] == "telegram" else "en"
        entries[name] = {"language": language, **written}
    files = {
        "config/campaign.yaml": _CAMPAIGN.format(at=slot) + links,
        "config/channels.yaml": json.dumps(entries),
        "posts/post.yaml": post.format(at=slot, text=text),
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    app = open_app(root, environ=environ)
    quick = replace(app.settings, timeout=timeout, connect_timeout=timedelta(seconds=1), sweep=timedelta(seconds=0.3))
    app = replace(app, settings=quick)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, app.clock, 2)
    wind(clock.file, start=clock.now(), speed=1, spring=timedelta(minutes=5))
    return app


async def play(app: App) -> list[Delivery]:
    """Work until all that is open waits for a person; the rows as they are then. What the worker says is shown with
    a test that fails.
    """
    alarm = SchedulerAlarm(app.clock)
    worker = Worker(app=app, alarm=alarm, tell=lambda _: None, say=print, watching=False)
    try:
        await worker.run(until_idle=True)
    finally:
        alarm.close()
    return list(app.ledger.deliveries())
