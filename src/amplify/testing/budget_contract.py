"""What a publisher promises whose server takes only so much: what counts is told before it leaves, and a no is heeded."""

from dataclasses import dataclass, field, replace

import pytest

from amplify.domain.budget import Reading, Use
from amplify.domain.richtext import plain
from amplify.ports.errors import Throttled
from amplify.testing.publisher_site import Site, send


@dataclass(slots=True, kw_only=True)
class Counting:
    """A meter that counts, and from some moment on lets nothing pass that makes a post."""

    used: list[Use] = field(default_factory=list)
    heard: list[Reading] = field(default_factory=list)
    full: bool = False

    async def spend(self, use: Use, number: int = 1) -> None:
        if self.full and use is Use.POST:
            raise Throttled("there is nothing left", reading=Reading(use=use, refused=True))
        self.used += [use] * number

    async def hear(self, reading: Reading) -> None:
        self.heard.append(reading)


class BudgetPromises:
    """Where `defaults.budgets` count posts."""

    @pytest.fixture
    def counted(self, site: Site) -> tuple[Site, Counting]:
        if not any(budget.cost_of(Use.POST) for budget in site.network.defaults.budgets):
            pytest.skip(f"{site.network.name} says nothing of how many posts its server takes")
        meter = Counting()
        return replace(site, access=replace(site.access, meter=meter)), meter

    async def test_a_post_is_counted_before_it_leaves(self, counted: tuple[Site, Counting]) -> None:
        site, meter = counted
        publisher = await site.connect()
        assert Use.POST not in meter.used
        await send(publisher, site.sealed(publisher, plain("Hallo")))
        assert meter.used.count(Use.POST) == 1
        assert meter.heard

    async def test_what_there_is_no_room_for_does_not_leave(self, counted: tuple[Site, Counting]) -> None:
        site, meter = counted
        publisher = await site.connect()
        envelope = await publisher.stage(site.sealed(publisher, plain("Hallo")))
        sent, meter.full = site.sent(), True
        with pytest.raises(Throttled):
            await publisher.publish(envelope)
        assert site.sent() == sent
        assert not site.wall()
