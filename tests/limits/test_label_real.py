"""The automation label, as Bluesky's own server keeps it."""

import json
from datetime import timedelta
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from amplify.ports.publisher import Access
from amplify.publishers.bluesky import BLUESKY
from amplify.testing.resident import Resident, settings_for
from servers.asking import post
from servers.bluesky import Pds

SECRET = "canary-label-7"
PROFILE = "app.bsky.actor.profile"
LABELLED = {"$type": PROFILE, "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "bot"}]}}


async def is_automated(pds: Pds, resident: Resident) -> bool:
    wait = timedelta(seconds=10)
    settings = settings_for(resident, {"bluesky": pds.url})
    publisher = await BLUESKY.connect(
        Access(channel="here", language="en", settings=settings, timeout=wait, connect_timeout=wait)
    )
    await publisher.close()
    return publisher.identity.automated


def say(pds: Pds, resident: Resident, profile: dict[str, object]) -> None:
    """As the owner would in the app."""
    session = post(f"{pds.url}/xrpc/com.atproto.server.createSession", identifier=resident.name, password=SECRET)
    said = {"repo": session["did"], "collection": PROFILE, "rkey": "self", "record": profile}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {session['accessJwt']}"}
    asked = Request(f"{pds.url}/xrpc/com.atproto.repo.putRecord", data=json.dumps(said).encode(), headers=headers)
    build_opener(ProxyHandler({})).open(asked, timeout=10).close()


@pytest.mark.real
async def test_an_account_is_automated_as_soon_as_its_profile_says_so(pds: Pds) -> None:
    resident = pds.sign_up(SECRET)
    assert not await is_automated(pds, resident), "a new account has no profile at all"
    say(pds, resident, {"$type": PROFILE, "displayName": "A campaign"})
    assert not await is_automated(pds, resident)
    say(pds, resident, LABELLED)
    assert await is_automated(pds, resident)
