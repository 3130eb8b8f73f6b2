"""What a server is and takes, as it says itself; who made it is asked no further than on the server."""

from collections.abc import Mapping

import pytest

from amplify.ports.traits import HasTraits
from amplify.publishers import installed
from amplify.testing.manners import Manners
from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from contract.conftest import SECRET, access, now

GOTOSOCIAL = "https://codeberg.org/superseriousbusiness/gotosocial"
UNKNOWN = "0.9 (API of its own)"


async def told(**manners: object) -> tuple[Mapping[str, str], list[str]]:
    """What a server of these manners says of itself, and what of nodeinfo it was asked for."""
    here = Resident(network="mastodon", channels=("here",), name="campaign", secret=SECRET)
    sandbox = await Sandbox.open([here], now=now, manners=Manners(**manners))
    try:
        publisher = await installed()["mastodon"].connect(access(sandbox.settings("here")))
        assert isinstance(publisher, HasTraits)
        return publisher.traits, [request.path for request in sandbox.requests() if "nodeinfo" in request.path]
    finally:
        await sandbox.close()


@pytest.mark.parametrize(
    ("manners", "traits"),
    [
        ({}, {"software": "Mastodon", "version": "4.6.0", "API": "v2", "quotes": "yes", "ids": "numbers"}),
        ({"misses_pictures": False}, {"software": "Mastodon", "version": "4.2.10", "quotes": "no"}),
        ({"lacks_v2": True}, {"API": "v1"}),
        (
            {"claims": "2.7.2 (compatible; Pleroma 2.9.1)"},
            {"software": "Pleroma", "version": "2.9.1", "edits": "not told"},
        ),
        ({"claims": "0.19.1", "made_by": GOTOSOCIAL}, {"software": "GoToSocial", "version": "0.19.1"}),
    ],
)
async def test_the_instance_document_tells(manners: dict[str, object], traits: dict[str, str]) -> None:
    seen, asked = await told(**manners)
    assert seen.items() >= traits.items()
    assert asked == []


async def test_where_it_does_not_tell_who_made_the_server_nodeinfo_does() -> None:
    seen, asked = await told(claims=UNKNOWN, nodeinfo="/nodeinfo/2.0")
    assert seen.items() >= {"software": "friendica", "version": "2024.12"}.items()
    assert asked == ["/.well-known/nodeinfo", "/nodeinfo/2.0"]


@pytest.mark.parametrize("nodeinfo", ["", "http://localhost:9/nodeinfo/2.0", "https://elsewhere.example/nodeinfo/2.0"])
async def test_it_is_followed_to_nowhere_else_and_an_account_without_it_is_one(nodeinfo: str) -> None:
    seen, asked = await told(claims=UNKNOWN, nodeinfo=nodeinfo)
    assert seen.items() >= {"software": "unknown", "version": UNKNOWN}.items()
    assert asked == ["/.well-known/nodeinfo"]
