"""The room of the sandbox: who knows its address posts, and everybody sees it on its wall."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from amplify.domain.channel import Channel, LinkPolicy
from amplify.publishers.apprise_services import place_of
from amplify.testing.rehearsal import rehearsed, residents
from amplify.testing.sandbox import Sandbox
from contract.conftest import now

ROOM = Channel(
    name="room-en",
    network="apprise",
    language="en",
    links=LinkPolicy.FULL,
    settings={"address": "${AMPLIFY_ROOM_EN_ADDRESS}", "url": "https://chat.example/news"},
)


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.open(residents([ROOM]), now=now, state=tmp_path / "walls.json")
    yield sandbox
    await sandbox.close()


async def test_a_rehearsed_room_is_one_that_may_be_posted_to_and_leads_to_the_walls(sandbox: Sandbox) -> None:
    said = rehearsed(ROOM, [ROOM], sandbox.urls)
    assert place_of(said["address"]) is not None
    assert said["address"].startswith(sandbox.urls["apprise"])
    assert said["url"] == sandbox.urls["page"]


async def test_what_is_posted_hangs_on_the_page_and_stays_when_the_sandbox_starts_again(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    address = rehearsed(ROOM, [ROOM], sandbox.urls)["address"]
    async with ClientSession() as http:
        async with http.post(
            address, json={"text": "Light: https://petition.example/sign.", "username": "us"}
        ) as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        async with http.get(sandbox.urls["page"]) as page:
            assert "Rooms" in await page.text()
    await sandbox.close()
    again = await Sandbox.open(residents([ROOM]), now=now, state=tmp_path / "walls.json")
    (post,) = again.walls()
    assert [each.value for each in post.entities] == ["https://petition.example/sign"]
    assert post.channels == ("room-en",)
    await again.close()


@pytest.mark.parametrize(("token", "said", "status"), [("stranger", '{"text": "x"}', 400), ("", "no json", 400)])
async def test_a_stranger_and_nonsense_are_refused(sandbox: Sandbox, token: str, said: str, status: int) -> None:
    address = rehearsed(ROOM, [ROOM], sandbox.urls)["address"]
    async with ClientSession() as http, http.post(address + token, data=said) as answer:
        assert answer.status == status
    assert not sandbox.walls()
