"""Looking at an account never raises: what fails is a finding, and the connection is closed again."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from amplify.domain.channel import Channel, LinkPolicy
from amplify.ports.errors import PublishError, Throttled, Unauthorized
from amplify.ports.examining import Examined, Rules, Standing, note
from amplify.ports.publisher import Access, Identity, Publisher
from amplify.services.examine import Case, Examiner, Findings
from amplify.services.meter import LedgerMeter
from amplify.services.rules_read import past
from amplify.testing.hand_clock import HandClock
from amplify.testing.memory_ledger import MemoryLedger
from limits.town import Nobody, Stranger

NOW = datetime(2027, 5, 1, 8, tzinfo=UTC)
SECRET = "canary-44c1a90b"
WHO = Identity(network="stranger", id="1", name="@lamp", url="https://s.example/@lamp", automated=True)
ONE = Channel(name="one", network="stranger", language="en", links=LinkPolicy.FULL, settings={"token": "${T}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody(Nobody):
    """Counts how often it is closed."""

    closed: list[str] = field(default_factory=list)

    async def close(self) -> None:
        self.closed.append(self.identity.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Somebody):
    """Says what it is told to say, or fails in its own way."""

    says: Examined | Exception

    async def examine(self) -> Examined:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@dataclass(frozen=True, slots=True, kw_only=True)
class Described(Somebody):
    """Says what its server is, or fails at that."""

    of: dict[str, object] | Exception

    @property
    def traits(self) -> dict[str, object]:
        if isinstance(self.of, Exception):
            raise self.of
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class House(Stranger):
    leads_to: Publisher | Exception

    async def connect(self, access: Access) -> Publisher:  # noqa: ARG002  anybody is let in
        if isinstance(self.leads_to, Exception):
            raise self.leads_to
        return self.leads_to


async def looked(leads_to: Publisher | Exception, meter: LedgerMeter | None = None) -> Findings:
    wait = timedelta(seconds=5)
    access = Access(channel="one", language="en", settings={"token": SECRET}, timeout=wait, connect_timeout=wait)
    examiner = Examiner(channels={"one": ONE}, accounts={}, past=past(()), clock=HandClock(NOW))
    return await examiner.examine(Case(channel=ONE, network=House(leads_to=leads_to), access=access, meter=meter))


async def test_a_network_that_tells_nothing_of_rights_is_looked_at_all_the_same() -> None:
    somebody = Somebody(identity=WHO)
    seen = await looked(somebody)
    assert [(one.topic, one.standing) for one in seen.observations] == [
        ("rights", Standing.NOTE),
        ("label", Standing.GOOD),
    ]
    assert not seen.is_wrong
    assert somebody.closed == ["@lamp"]


@pytest.mark.parametrize("fault", [Unauthorized(f"{SECRET} was refused"), ValueError(f"no {SECRET}"), KeyError(SECRET)])
async def test_whatever_fails_is_told_without_the_secret(fault: Exception) -> None:
    telling = Telling(identity=WHO, says=fault)
    for seen in (await looked(fault), await looked(telling)):
        ((topic, standing, told),) = [(one.topic, one.standing, one.told) for one in seen.observations]
        assert (topic, standing) == ("connection", Standing.WRONG)
        assert SECRET not in told
    assert telling.closed == ["@lamp"]


async def test_what_a_server_repeats_is_struck_out_wherever_it_stands() -> None:
    words = f"it says {SECRET}"
    told = Examined(
        server=words, version=words, rules=Rules(lines=(words,), url=words), observations=[note("x", words, words)]
    )
    seen = await looked(Telling(identity=WHO, says=told))
    assert SECRET not in repr(seen)
    assert "it says [secret]" in repr(seen.observations)


async def test_what_a_server_is_stands_beside_its_limits_in_words_and_without_secrets() -> None:
    seen = await looked(Described(identity=WHO, of={"version": 7, f"a {SECRET}": f"the {SECRET}"}))
    assert seen.traits.items() >= {"version": "7", "a [secret]": "the [secret]", "text limit": "5000"}.items()
    broken = Described(identity=WHO, of=ValueError(f"no {SECRET}"))
    (told,) = (await looked(broken)).observations
    assert (told.topic, told.standing, SECRET in told.told) == ("connection", Standing.WRONG, False)
    assert broken.closed == ["@lamp"]


async def test_a_server_that_asked_to_wait_is_not_asked_and_one_that_asks_now_is_remembered() -> None:
    ledger = MemoryLedger()
    meter = LedgerMeter(ledger=ledger, clock=HandClock(NOW), door="stranger one", budgets=())
    refused = await looked(Throttled("come back later", NOW + timedelta(minutes=9)), meter)
    assert refused.observations[0].told == "come back later"
    waits = await looked(PublishError("nobody may knock now"), meter)
    assert "lets nobody in before 08:0" in waits.observations[0].told
