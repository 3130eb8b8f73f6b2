"""Whatever a publisher raises or answers, no secret goes on from there, and what it means for the post stays."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.budget import Reading, Use
from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.key import Key
from amplify.domain.rendition import Layout, Limits, Rendition
from amplify.ports.errors import (
    CannotTell,
    LookFailed,
    NotSent,
    OutcomeUnknown,
    Rejected,
    Throttled,
    Unauthorized,
    Unavailable,
    Unfinished,
    Unstaged,
)
from amplify.ports.ledger import LedgerError
from amplify.ports.publisher import Identity, Replay
from amplify.services.discreet import Broke, Discreet

SECRET, GIVEN_LATER = "kQ4vT9xW2mZ7bN5c", "sJ8rL3pH6yD1fG0a"
NOON = datetime(2027, 5, 21, 10, tzinfo=UTC)
ENVELOPE = Envelope(
    key=Key.parse("2027/post@here"), network="stranger", sealed_at=NOON, request={}, staged={"picture": "7"}
)


class Odd(Unavailable):
    """A stranger's own kind of error, which says more than it was told."""

    def __str__(self) -> str:
        return f"GET /?token={SECRET}"


@dataclass
class Stranger:
    """Raises or returns `does`, whatever is asked."""

    does: object
    name: str = "@campaign"
    limits: Limits = Limits(text=500, unit="characters")  # noqa: RUF009 - frozen
    replay: Replay = Replay()  # noqa: RUF009 - frozen
    secrets: tuple[str, ...] = (GIVEN_LATER,)

    @property
    def identity(self) -> Identity:
        return Identity(network="stranger", id="7", name=self.name, url="https://s.example/7")

    def _do(self) -> object:
        if isinstance(self.does, Exception):
            raise self.does
        return self.does

    def prepare(self, *_: object) -> object:
        return self._do()

    async def stage(self, *_: object) -> object:
        return self._do()

    publish = find = stage

    async def close(self) -> None:
        self._do()


class Caretaker(Stranger):
    """A stranger that deletes and counts as well."""

    at_once = 9

    async def withdraw(self, *_: object) -> object:
        return self._do()

    measure = withdraw


def discreet(does: object, **more: str) -> Discreet:
    return Discreet(inner=Stranger(does, **more), given=frozenset({SECRET}))


def rendition() -> Rendition:
    layout = Layout(text="", entities=(), length=0, limit=500, unit="characters")
    return Rendition(
        key=ENVELOPE.key, network="stranger", channel="here", language="en", due=NOON, layout=layout, settings={}
    )


def receipt(**more: object) -> Receipt:
    return Receipt(**{"remote_id": "12", "url": "https://s.example/12", "at": NOON, **more})


@pytest.mark.parametrize("kind", [Unauthorized, Unavailable, Unstaged, NotSent, OutcomeUnknown, CannotTell, LookFailed])
async def test_an_error_keeps_its_kind_and_loses_the_secret(kind: type[Exception]):
    with pytest.raises(kind) as told:
        await discreet(kind(f"{SECRET} or {GIVEN_LATER} is refused")).publish(ENVELOPE)
    assert type(told.value) is kind
    assert str(told.value) == "[secret] or [secret] is refused"


async def test_a_refusal_keeps_its_problems_and_a_wait_its_end():
    with pytest.raises(Rejected) as refused:
        await discreet(Rejected("too long", f"has {SECRET}")).stage(ENVELOPE)
    assert refused.value.problems == ("too long", "has [secret]")
    with pytest.raises(Throttled) as throttled:
        await discreet(Throttled(f"{SECRET} waits", NOON)).publish(ENVELOPE)
    assert (str(throttled.value), throttled.value.until) == ("[secret] waits", NOON)


@pytest.mark.parametrize(("staged", "kept"), [({"m": "12"}, {"m": "12"}), ({"m": f"is {SECRET}"}, {})])
async def test_what_a_server_was_given_before_it_gave_up_is_kept_unless_it_repeats_a_secret(
    staged: dict[str, str], kept: dict[str, str]
):
    reading = Reading(use=Use.UPLOAD, wait=timedelta(seconds=7), refused=True)
    with pytest.raises(Throttled) as throttled:
        await discreet(Throttled("later", None, reading, staged)).stage(ENVELOPE)
    assert (throttled.value.reading, throttled.value.staged) == (reading, kept)
    with pytest.raises(Unfinished) as unfinished:
        await discreet(Unfinished("it takes a while", staged)).stage(ENVELOPE)
    assert unfinished.value.staged == kept


async def test_an_error_of_a_stranger_s_own_kind_becomes_one_of_ours():
    with pytest.raises(Unavailable) as told:
        await discreet(Odd()).publish(ENVELOPE)
    assert (type(told.value), str(told.value)) == (Unavailable, "GET /?token=[secret]")


async def test_a_bug_is_told_by_its_name():
    with pytest.raises(Broke) as told:
        discreet(KeyError(SECRET)).prepare(None, None, NOON, None)
    assert repr(told.value) == "KeyError: '[secret]'"
    assert told.value.__cause__ is None


async def test_what_cannot_be_looked_for_is_not_absent():
    with pytest.raises(CannotTell, match="could not be looked for"):
        await discreet(ValueError(SECRET)).find(ENVELOPE, ())


@pytest.mark.parametrize(
    "answer", [{"url": f"https://s.example/?t={SECRET}"}, {"remote_id": SECRET}, {"proof": {"cid": GIVEN_LATER}}]
)
async def test_a_receipt_that_repeats_a_secret_is_none(answer: dict[str, object]):
    with pytest.raises(OutcomeUnknown):
        await discreet(receipt(**answer)).publish(ENVELOPE)
    with pytest.raises(CannotTell):
        await discreet(receipt(**answer)).find(ENVELOPE, ())
    assert await discreet(receipt()).publish(ENVELOPE) == receipt()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "NoneType in place of a receipt"),
        ("https://s.example/12", "str in place of a receipt"),
        (receipt(url=""), "no address"),
        (receipt(remote_id=" "), "no number"),
        (receipt(remote_id=12), "no number"),
        (receipt(at=NOON.replace(tzinfo=None)), "without a zone"),
    ],
)
async def test_what_nobody_could_find_again_is_no_receipt(answer: object, why: str):
    with pytest.raises(OutcomeUnknown, match=why):
        await discreet(answer).publish(ENVELOPE)
    if answer is not None:
        with pytest.raises(CannotTell, match=why):
            await discreet(answer).find(ENVELOPE, ())


async def test_an_envelope_of_another_post_never_leaves():
    other = replace(ENVELOPE, key=Key.parse("2027/other@here"))
    with pytest.raises(Broke, match="an envelope for 2027/other@here"):
        discreet(other).prepare(rendition(), None, NOON, None)
    for odd in (other, None):
        with pytest.raises(Broke, match="envelope"):
            await discreet(odd).stage(ENVELOPE)
    given = replace(ENVELOPE, staged={"picture": "8"})
    assert await discreet(given).stage(ENVELOPE) is given


async def test_a_picture_that_is_called_by_a_secret_is_not_used():
    called = replace(ENVELOPE, staged={"picture": {"id": SECRET}})
    with pytest.raises(Unavailable):
        await discreet(called).stage(ENVELOPE)
    assert await discreet(ENVELOPE).stage(ENVELOPE) is ENVELOPE


def test_an_account_that_is_called_by_a_secret_is_nobody():
    with pytest.raises(LedgerError):
        discreet(None, name=f"@{SECRET}").check_name()
    discreet(None).check_name()


async def test_deleting_and_counting_tell_no_secret_either():
    async def said(does: object) -> str:
        return await Discreet(inner=Caretaker(does), given=frozenset({SECRET})).withdraw(ENVELOPE, receipt())

    assert await said(f"copies stay at {SECRET}") == "copies stay at [secret]"
    with pytest.raises(Rejected, match=r"\[secret\] is refused"):
        await said(Rejected(f"{SECRET} is refused"))
    with pytest.raises(Broke):
        await Discreet(inner=Caretaker(KeyError(SECRET)), given=frozenset({SECRET})).measure([receipt()])


async def test_a_network_that_can_neither_delete_nor_count_says_so():
    with pytest.raises(Rejected, match="delete it by hand: https://s.example/12"):
        await discreet(None).withdraw(ENVELOPE, receipt())
    assert (discreet(None).at_once, await discreet(None).measure([receipt()])) == (0, {})


async def test_closing_never_fails():
    await discreet(RuntimeError(SECRET)).close()
