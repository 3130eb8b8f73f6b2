"""Sealing: everything that is wrong is told at once, and what is sealed is all that sending needs."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.envelope import Parents, Receipt, Ticket
from amplify.domain.key import Key
from amplify.domain.rendition import Rendition
from amplify.domain.richtext import RichText, SpanKind, marked, plain
from amplify.ports.errors import Rejected
from amplify.ports.publisher import Access, Identity, Network, Publisher
from amplify.publishers.answers import Ear
from amplify.publishers.bluesky import BLUESKY
from amplify.publishers.bluesky_account import BlueskyAccount
from amplify.publishers.bluesky_kept import Kept
from amplify.publishers.bluesky_session import Session
from amplify.publishers.mastodon import MASTODON
from amplify.publishers.mastodon_account import MastodonAccount
from amplify.publishers.mastodon_server import Server
from amplify.publishers.telegram import TELEGRAM
from amplify.publishers.telegram_bot import Line
from amplify.publishers.telegram_chat import TelegramChat

KEY = Key(edition="2027", post="call", channel="here")
TICKET = Ticket(key=KEY, nonce="a-nonce", made_at=datetime(2027, 5, 1, tzinfo=UTC))
NOW = datetime(2027, 5, 21, 7, 0, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ACCESS = Access(channel="here", language="de", settings={}, timeout=SECOND, connect_timeout=SECOND)


def account(network: Network) -> Publisher:
    """Connected to nothing: sealing needs no server."""
    who = Identity(network=network.name, id="did:plc:one", name="@one", url="https://example.org/one")
    match network.name:
        case "mastodon":
            nowhere = Server(url="https://nowhere.invalid", token="t", timeout=SECOND, connect_timeout=SECOND)
            return MastodonAccount(server=nowhere, own_id="1", identity=who, limits=MASTODON.defaults)
        case "bluesky":
            session = Session(access=ACCESS, kept=Kept(keep=ACCESS.keep, owner=""))
            return BlueskyAccount(session=session, identity=who, limits=BLUESKY.defaults)
        case _:
            line = Line(bot=None, ear=Ear(), token="t", within=SECOND, server="https://telegram.example")
            return TelegramChat(line=line, identity=who, limits=TELEGRAM.defaults)


def rendition(network: Network, body: RichText, **settings: str) -> Rendition:
    return Rendition(
        key=KEY,
        network=network.name,
        channel="here",
        language="de-AT",
        due=NOW,
        layout=network.lay_out(body, settings, network.defaults),
        settings=settings,
    )


def seal(network: Network, body: RichText, parents: Parents | None = None, **settings: str) -> dict[str, object]:
    envelope = account(network).prepare(rendition(network, body, **settings), TICKET, NOW, parents)
    assert json.loads(json.dumps(envelope.request)) == envelope.request
    return dict(envelope.request)


def refusals(network: Network, body: RichText, **settings: str) -> list[str]:
    with pytest.raises(Rejected) as refused:
        seal(network, body, **settings)
    return list(refused.value.problems)


@pytest.mark.parametrize("network", [MASTODON, BLUESKY, TELEGRAM], ids=lambda n: n.name)
def test_an_empty_text_is_refused(network: Network) -> None:
    assert refusals(network, plain(" \n")) == ["the text is empty"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    tags = " ".join(f"Tag{number}" for number in range(9))
    assert refusals(BLUESKY, plain("a" * 328), replies="friends", label="blue", outline_tags=tags) == [
        "28 characters too long for Bluesky: 328 of 300",
        "Bluesky does not know “replies: friends”",
        "Bluesky does not know “label: blue”",
        "Bluesky takes 8 hashtags beside the text, and here are 9",
    ]


def test_a_mention_waits_for_the_id_of_its_account() -> None:
    request = seal(BLUESKY, plain("With ") + marked("@one.example", SpanKind.MENTION, "@one.example"))
    ((feature,),) = [facet["features"] for facet in request["record"]["facets"]]
    assert feature == {"$type": "app.bsky.richtext.facet#mention", "did": "@one.example"}


def test_a_text_is_measured_again_with_the_limits_of_the_server_that_it_goes_to() -> None:
    assert refusals(MASTODON, plain("a" * 499), warning="deaths") == ["5 characters too long for Mastodon: 505 of 500"]


def test_a_mastodon_post_is_public_unless_said_otherwise() -> None:
    assert seal(MASTODON, plain("Hallo")) == {
        "status": "Hallo",
        "visibility": "public",
        "language": "de",
        "idempotency_key": "a-nonce-0",
    }
    assert seal(MASTODON, plain("Hallo"), visibility="unlisted")["visibility"] == "unlisted"
    assert refusals(MASTODON, plain("Hallo"), visibility="direct") == ["Mastodon knows no visibility “direct”"]


def test_a_bluesky_record_is_sealed_whole() -> None:
    tag = marked("#Belarus", SpanKind.TAG, "Belarus")
    request = seal(BLUESKY, plain("Für ") + tag, replies="followers")
    assert request["rkey"] == TICKET.tid
    assert request["record"] == {
        "$type": "app.bsky.feed.post",
        "text": "Für #Belarus",
        "langs": ["de-AT"],
        "createdAt": "2027-05-21T07:00:00.123Z",
        "facets": [
            {
                "index": {"byteStart": 5, "byteEnd": 13},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Belarus"}],
            }
        ],
    }
    assert request["gates"] == [
        {
            "$type": "app.bsky.feed.threadgate",
            "post": f"at://did:plc:one/app.bsky.feed.post/{TICKET.tid}",
            "allow": [{"$type": "app.bsky.feed.threadgate#followerRule"}],
            "createdAt": "2027-05-21T07:00:00.123Z",
        }
    ]


def test_nobody_may_reply_is_an_empty_list_and_everyone_is_no_gate() -> None:
    assert seal(BLUESKY, plain("Hallo"), replies="nobody")["gates"][0]["allow"] == []
    assert "gates" not in seal(BLUESKY, plain("Hallo"), replies="everyone")


def test_a_reply_on_bluesky_names_root_and_parent_and_has_no_gate_of_its_own() -> None:
    root = Receipt(remote_id="at://a/p/1", url="https://x", at=NOW, proof={"cid": "c1"})
    parent = Receipt(remote_id="at://a/p/2", url="https://x", at=NOW, proof={"cid": "c2"})
    request = seal(BLUESKY, plain("Zwei"), Parents(root=root, parent=parent), replies="nobody")
    assert request["record"]["reply"] == {
        "root": {"uri": "at://a/p/1", "cid": "c1"},
        "parent": {"uri": "at://a/p/2", "cid": "c2"},
    }
    assert "gates" not in request


def test_a_reply_to_a_post_that_a_person_confirmed_is_refused_in_words() -> None:
    by_hand = Receipt(remote_id="3k", url="https://x", at=NOW)
    with pytest.raises(Rejected, match="confirmed by hand"):
        seal(BLUESKY, plain("Zwei"), Parents(root=by_hand, parent=by_hand))


def test_a_telegram_message_carries_its_marks() -> None:
    body = plain("🙂 ") + marked("Jetzt", SpanKind.BOLD, "") + plain(" ") + marked("#Belarus", SpanKind.TAG, "Belarus")
    request = seal(TELEGRAM, body, silent="true")
    assert request["entities"] == [{"type": "bold", "offset": 3, "length": 5}]
    assert (request["disable_notification"], request["protect_content"]) == (True, False)
