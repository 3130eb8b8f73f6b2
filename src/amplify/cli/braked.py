"""The brake as people see it: who pulled it and why, what goes out all the same, and how to go on."""

from collections.abc import Sequence

from amplify.cli.screen import show, styled
from amplify.cli.told import listed, many
from amplify.domain.campaign import Campaign
from amplify.domain.key import Key
from amplify.domain.stop import Stop, in_the_way
from amplify.services.status import Status

#: How brakes begin that no `amplify resume` lifts, but a look into the folder.
_FILES = ("the file ", "the campaign's folder ")


def told_brakes(seen: Status, campaign: Campaign, urgent: frozenset[str]) -> None:
    """Print it, in red; nothing where nothing is stopped."""
    for reason in seen.stopped:
        show(styled(f"STOPPED: {reason}.", "bold red"))
    if not seen.stopped:
        return
    files = any(reason.startswith(_FILES) for reason in seen.stopped)
    goes = spared(seen.stops, urgent)
    if goes and len(seen.stopped) == len(seen.stops):
        show(f"Goes out all the same: {listed(goes)}.")
    for step in [*(["remove the file from the campaign's folder"] if files else []), *_votes(seen.stops, campaign)]:
        show(f"To go on: {step}.")
    show("")


def spared(stops: Sequence[Stop], urgent: frozenset[str]) -> frozenset[str]:
    """The posts that go out although everything is stopped; `urgent` are those that a later stop can spare."""
    named = frozenset(post for stop in stops for post in stop.except_posts)
    return frozenset(post for post in named if not any(in_the_way(stops, _anywhere(post), urgent=post in urgent)))


def _anywhere(post: str) -> Key:
    return Key(edition="", post=post, channel="")


def _votes(stops: Sequence[Stop], campaign: Campaign) -> list[str]:
    """What lifts the stops of the ledger, and whose word is still missing."""
    if not stops:
        return []
    said = frozenset.intersection(*(stop.resumed_by for stop in stops))
    yes = f" {listed(said)} said so;" if said else ""
    missing = many(campaign.rules.resume - len(said), "more person must" if said else "person must", "people must")
    others = campaign.coordinators - said
    return [
        f"`amplify resume --by NAME`;{yes} {missing} say so: {listed(others, 'or') if others else 'nobody else can'}"
    ]
