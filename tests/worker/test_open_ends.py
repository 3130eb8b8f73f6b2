"""`amplify run --until-idle`: it waits as long as a look may still bring an answer, and says what it leaves open."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from amplify.clockwork.apscheduler_clock import SchedulerAlarm
from amplify.config.settings import Settings
from amplify.domain.delivery import State
from amplify.testing.faults import Rule
from amplify.worker.work import Worker

LOOKS = {"network": "mastodon", "method": "GET", "path": "/accounts/[^/]+/statuses"}
SENDS = {"network": "mastodon", "method": "POST", "path": "/api/v1/statuses"}
TELEGRAM_SENDS = {"network": "telegram", "path": "sendMessage"}
SECOND = timedelta(seconds=1)
#: Of machine time.
QUICK = {"timeout": SECOND, "connect_timeout": SECOND, "look_again": SECOND / 5, "look_for": 2 * SECOND}


class Hurried(Settings):
    """What is lost is looked for as soon as no request can still be on its way."""

    @property
    def quarantine(self):
        return self.timeout + self.connect_timeout


def hurried(app, **spans):
    said = {each.name: getattr(app.settings, each.name) for each in fields(app.settings)}
    return replace(app, settings=Hurried(**said | QUICK | spans))


@pytest.fixture
async def lost(theatre):
    """A worker has lost sight of a post on Mastodon, which is public, and is gone."""
    theatre.app = hurried(theatre.app)
    theatre.sandbox.faults.add(Rule(what="drop_after", **SENDS))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "did it arrive?"))
    await theatre.start()
    await theatre.until(lambda: theatre.state("first", "mastodon-en") is State.UNCONFIRMED)
    await theatre.until(lambda: theatre.state("first", "telegram-en") is State.PUBLISHED)
    await theatre.stop()
    return theatre


async def run_until_idle(theatre):
    alarm = SchedulerAlarm(theatre.app.clock)
    worker = Worker(app=theatre.app, alarm=alarm, tell=theatre.told.append, say=theatre.said.append, watching=False)
    await asyncio.wait_for(worker.run(until_idle=True), 30)
    alarm.close()


async def test_looks_that_fail_are_waited_out(lost):
    lost.sandbox.faults.add(Rule(what="status", arg=503, count=2, **LOOKS))
    await run_until_idle(lost)
    assert lost.state("first", "mastodon-en") is State.PUBLISHED
    assert len(lost.walls()) == 3
    assert [said for said in lost.said if "Left" in said] == []


async def test_a_server_that_stays_silent_is_not_waited_for_for_ever(lost):
    lost.sandbox.faults.add(Rule(what="status", arg=503, count=1000, **LOOKS))
    await run_until_idle(lost)
    assert lost.state("first", "mastodon-en") is State.UNCONFIRMED
    (left,) = [said for said in lost.said if said.startswith("Left open")]
    assert "2027/first@mastodon-en may be public" in left
    assert "amplify status" in left


async def test_a_server_that_cannot_be_reached_at_all_is_not_waited_for_for_ever(lost):
    lost.sandbox.faults.add(Rule(what="status", arg=503, count=1000, network="mastodon"))
    await run_until_idle(lost)
    assert len([said for said in lost.said if said.startswith("Left open: 2027/first@mastodon-en")]) == 1


async def test_what_only_a_person_can_see_is_not_waited_for(theatre):
    theatre.app = hurried(theatre.app, look_for=60 * SECOND)
    theatre.sandbox.faults.add(Rule(what="drop_after", **TELEGRAM_SENDS))
    theatre.write("posts/day.yaml", theatre.post("first", "D 09:00", "did it arrive?"))
    await theatre.start()
    await theatre.until(lambda: theatre.state("first", "telegram-en") is State.UNCONFIRMED)
    await theatre.until(lambda: theatre.state("first", "mastodon-en") is State.PUBLISHED)
    await theatre.stop()
    await run_until_idle(theatre)
    (left,) = [said for said in theatre.said if said.startswith("Left open")]
    assert "Open https://" in left or "Telegram does not show" in left
