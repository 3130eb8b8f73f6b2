"""Look at a source once, and propose what it says. Nobody's number changes by that, whatever the page says."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from amplify.domain.doubt import Doubt, doubts
from amplify.domain.figure import Figure, Source
from amplify.domain.proposal import Proposal
from amplify.domain.recipe import BY_HAND, Counted, Gathering, Recipe, Unusable, vouch
from amplify.domain.when import zone_named
from amplify.domain.written import Written
from amplify.ports.clock import Clock
from amplify.ports.figure_source import Fetcher, FigureSource, Page
from amplify.ports.proposals import Proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer:
    """What looking needs: the kinds of sources, what fetches pages, and where proposals wait."""

    kinds: Mapping[str, FigureSource]
    fetcher: Fetcher
    proposals: Proposals
    clock: Clock


def is_due(recipe: Recipe, last: Gathering | None, now: datetime) -> bool:
    """Whether it is time to look again."""
    return recipe.enabled and (last is None or now >= last.at + recipe.every)


async def gather(recipe: Recipe, written: Written, gatherer: Gatherer) -> Gathering:
    """What became of the look; a proposal waits in the ledger where there is something new. Raises LedgerError."""
    now, figure = gatherer.clock.now(), written.figures[recipe.figure]
    today = _today(now, written)
    if recipe.kind == BY_HAND:
        return _reminder(recipe, figure, now, today)
    kind = gatherer.kinds[recipe.kind]
    try:
        page = await gatherer.fetcher.fetch(recipe, kind.accepts)
        counted = vouch(await asyncio.to_thread(kind.count, page, recipe.options), recipe)
        told = await asyncio.to_thread(_propose, recipe, written, gatherer.proposals, page, counted, today)
    except Unusable as why:
        return Gathering(at=now, well=False, told=f"nothing is proposed: {why}")
    return Gathering(at=now, well=True, told=told, digest=page.digest)


def _propose(recipe: Recipe, written: Written, proposals: Proposals, page: Page, counted: Counted, today: date) -> str:
    """What was done, in words. Raises Unusable where the number cannot be true, LedgerError."""
    figure = written.figures[recipe.figure]
    as_of = counted.as_of or today
    made = Proposal(
        figure=figure.id,
        value=counted.value,
        qualifier=recipe.qualifier,
        as_of=as_of,
        source=Source(name=recipe.source or figure.source.name, url=recipe.url),
        by=recipe.name,
        at=page.at,
        fetched=True,
        counted=counted.what,
        page=recipe.url,
        note=f"page {page.digest[:12]}",
    )
    if as_of <= figure.as_of or (made.version.plain == figure.plain and not _ages(figure, written, today)):
        return f"{counted.what}: {figure.id} says {figure.counted} of {figure.as_of}, so there is nothing to propose"
    found = doubts(figure.replaced(made.version), written.figures.values(), today=today)
    if refusing := [doubt for doubt in found if doubt.refuses]:
        raise Unusable(f"{counted.what}, and {_said(refusing[0])}")
    waiting = [one for one in proposals.proposals(figure.id) if one.fetched and one.by == recipe.name]
    if any(one.version.plain == made.version.plain for one in waiting):
        return f"{counted.what}: that is proposed already, and waits for somebody to look"
    for older in waiting:
        reason = f"{recipe.name} says {made.version.counted} now"
        proposals.settle(older.id, by=recipe.name, accepted=False, reason=reason, now=page.at)
    kept = proposals.propose(replace(made, doubts=tuple(map(_said, found))))
    return f"{counted.what}: proposed as number {kept.id}, and waits for somebody to look"


def _ages(figure: Figure, written: Written, today: date) -> bool:
    """Whether the number in force is half as old as it may be: then the same number is worth a newer date."""
    rules = written.campaign.rules if written.campaign is not None else None
    most = figure.bounds.max_age_days or (rules.figure_max_age.days if rules is not None else 0)
    return figure.age(today) * 2 >= most


def _reminder(recipe: Recipe, figure: Figure, now: datetime, today: date) -> Gathering:
    if figure.age(today) < recipe.every.days:
        return Gathering(at=now, well=True, told=f"{figure.id} is of {figure.as_of}, which is new enough")
    told = f"{figure.id} is of {figure.as_of}: look at {recipe.url}, then `amplify figures set {figure.id} …`"
    return Gathering(at=now, well=False, told=told)


def _today(now: datetime, written: Written) -> date:
    zone = written.campaign.zone if written.campaign is not None else "UTC"
    return now.astimezone(zone_named(zone)).date()


def _said(doubt: Doubt) -> str:
    return f"{doubt.message} ({doubt.hint})"
