"""The automation label and the rights of a secret, on servers that others wrote."""

from datetime import timedelta

import pytest

from amplify.ports.examining import Examined, Examines, Labels, Standing
from amplify.ports.publisher import Access, Publisher
from amplify.publishers import installed
from amplify.testing.resident import Resident, settings_for
from servers.asking import get, post
from servers.bluesky import Pds
from servers.mastodon import MastodonMock

SECRET = "canary-label-7"
PROFILE = "app.bsky.actor.profile"
LABELS = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "bot"}]}
OWNERS = {"$type": PROFILE, "displayName": "A campaign", "description": "For lamps.", "x-future": {"kept": True}}

pytestmark = pytest.mark.real


async def connected(resident: Resident, url: str, secret: str = "") -> Publisher:
    wait = timedelta(seconds=10)
    settings = settings_for(resident, {resident.network: url})
    if secret:
        settings["password"] = secret
    way = Access(channel="here", language="en", settings=settings, timeout=wait, connect_timeout=wait)
    return await installed()[resident.network].connect(way)


async def is_automated(resident: Resident, url: str) -> bool:
    publisher = await connected(resident, url)
    await publisher.close()
    return publisher.identity.automated


async def switched_on(resident: Resident, url: str) -> None:
    publisher = await connected(resident, url)
    assert isinstance(publisher, Labels)
    await publisher.set_label()
    await publisher.close()


async def examined(resident: Resident, url: str, secret: str = "") -> Examined:
    publisher = await connected(resident, url, secret)
    assert isinstance(publisher, Examines)
    seen = await publisher.examine()
    await publisher.close()
    return seen


def signed_in(pds: Pds, resident: Resident) -> dict[str, str]:
    """As the owner, in the app."""
    return post(f"{pds.url}/xrpc/com.atproto.server.createSession", identifier=resident.name, password=SECRET)


def stands(pds: Pds, resident: Resident) -> dict[str, object]:
    address = f"{pds.url}/xrpc/com.atproto.repo.getRecord"
    return get(address, repo=resident.name, collection=PROFILE, rkey="self")["value"]


def app_password(pds: Pds, session: dict[str, str], name: str, *, privileged: bool) -> str:
    address = f"{pds.url}/xrpc/com.atproto.server.createAppPassword"
    made = post(address, bearer=session["accessJwt"], name=name, privileged=privileged)
    return str(made["password"])


async def test_bluesky_an_account_without_a_profile_gets_the_label_and_keeps_it(pds: Pds) -> None:
    resident = pds.sign_up(SECRET)
    assert not await is_automated(resident, pds.url), "a new account has no profile at all"
    await switched_on(resident, pds.url)
    assert await is_automated(resident, pds.url)
    before = stands(pds, resident)
    await switched_on(resident, pds.url)
    assert stands(pds, resident) == before == {"$type": PROFILE, "labels": LABELS}


async def test_bluesky_the_label_changes_nothing_else_that_the_owner_has_written(pds: Pds) -> None:
    resident = pds.sign_up(SECRET)
    session = signed_in(pds, resident)
    said = {"repo": session["did"], "collection": PROFILE, "rkey": "self", "record": OWNERS}
    post(f"{pds.url}/xrpc/com.atproto.repo.putRecord", bearer=session["accessJwt"], **said)
    assert not await is_automated(resident, pds.url)
    await switched_on(resident, pds.url)
    assert stands(pds, resident) == {**OWNERS, "labels": LABELS}


async def test_bluesky_the_account_s_own_password_and_direct_messages_are_too_much(pds: Pds) -> None:
    resident = pds.sign_up(SECRET)
    session = signed_in(pds, resident)
    passwords = {
        "an app password": app_password(pds, session, "plain", privileged=False),
        "direct messages": app_password(pds, session, "more", privileged=True),
        "own password": SECRET,
    }
    told = {}
    for what, secret in passwords.items():
        seen = await examined(resident, pds.url, secret)
        (rights,) = [one for one in seen.observations if one.topic == "rights"]
        assert what in rights.told.lower()
        assert secret not in f"{rights}"
        assert seen.clock is not None
        told[what] = rights.standing
    assert told == {
        "an app password": Standing.GOOD,
        "direct messages": Standing.WRONG,
        "own password": Standing.WRONG,
    }


async def test_mastodon_the_label_is_ticked_and_the_rules_are_read(mastodon_mock: MastodonMock) -> None:
    resident = mastodon_mock.sign_up("")
    assert not await is_automated(resident, mastodon_mock.url)
    await switched_on(resident, mastodon_mock.url)
    assert await is_automated(resident, mastodon_mock.url)
    seen = await examined(resident, mastodon_mock.url)
    assert seen.version.startswith("4.")
    assert seen.rules is not None
    assert [one.topic for one in seen.observations if one.topic == "rights"]
