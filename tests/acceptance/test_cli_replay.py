"""`channels check --prove-replay`, as typed: what is tried, what stays of it, and who may not."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from acceptance.conftest import NOW, SECRETS, Said, Town
from amplify.bootstrap import open_app
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox

WHO = Resident(network="mastodon", channels=("mastodon-en",), name="lantern", secret=SECRETS["T_MASTODON"])
PROVE = ("channels", "check", "mastodon-en", "--prove-replay", "--by", "editor")


@pytest.fixture
async def sandbox(applied: Town, request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    opened = await Sandbox.open([WHO], now=lambda: NOW, manners=getattr(request, "param", Manners()))
    applied.change("config/channels.yaml", "https://town.example", opened.urls["mastodon"])
    yield opened
    await opened.close()


async def typed(town: Town, *words: str) -> Said:
    return await asyncio.to_thread(town.amplify, *words)


def tried(town: Town) -> list[tuple[str, str]]:
    app = open_app(town.root, environ=SECRETS)
    lines = [
        (line.detail["by"], line.detail["remembers"]) for line in app.ledger.history() if line.event == "replay_tried"
    ]
    app.close()
    return lines


async def test_a_server_that_remembers_is_told_and_written_down(applied: Town, sandbox: Sandbox) -> None:
    said = await typed(applied, *PROVE)
    assert said.code == 0, said.out + said.err
    told = "mastodon-en: the server remembers a request: the same one twice made one post; it is deleted."
    assert said.out.rstrip().endswith(told)
    assert (sandbox.walls(), tried(applied)) == ([], [("editor", "yes")])
    assert (await typed(applied, "verify")).code == 0


@pytest.mark.parametrize("sandbox", [Manners(honours_idempotency=False)], indirect=True)
async def test_one_that_forgets_is_no_error_and_also_written_down(applied: Town, sandbox: Sandbox) -> None:
    said = await typed(applied, *PROVE, "--json")
    (told,) = said.json["replay"]
    assert (said.code, told["channel"], told["remembers"]) == (0, "mastodon-en", False)
    assert (sandbox.walls(), tried(applied)) == ([], [("editor", "no")])


async def test_a_test_is_a_post_so_a_stop_and_a_stranger_keep_it_back(applied: Town, sandbox: Sandbox) -> None:
    assert (await typed(applied, *PROVE[:-2])).code == 2
    stranger = await typed(applied, *PROVE[:-1], "nobody")
    assert (stranger.code, "nobody" in stranger.err) == (1, True)
    applied.write("STOP", "")
    stopped = await typed(applied, *PROVE)
    assert (stopped.code, "STOP" in stopped.err) == (1, True)
    assert not any(request.method == "POST" for request in sandbox.requests())


async def test_a_word_that_no_server_can_keep_is_refused(applied: Town, sandbox: Sandbox) -> None:  # noqa: ARG001  its servers
    applied.change("config/channels.yaml", "network: mastodon, ", "network: mastodon, replay: 2h, ")
    said = await typed(applied, "check")
    assert "`replay` cannot be “2h” (write one of 10m, 30m, 50m, or leave `replay` out)" in said.out + said.err
