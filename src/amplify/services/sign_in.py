"""Sign an account in with a person: ask what its network needs, connect, and say who answers there and what is wrong.

Nothing is kept here; whoever is not who they should be is never kept at all.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil

from amplify.domain.channel import Channel
from amplify.domain.server_address import canonical
from amplify.ports.errors import PublishError, Throttled, Unauthorized
from amplify.ports.examining import Examined, Examines, Standing
from amplify.ports.ledger import Account
from amplify.ports.publisher import Access, Field, Identity, Network, SaysWhatFor
from amplify.ports.sign_in import Granted, Guide, Guides, Interviewer, SignsIn
from amplify.services import by_hand
from amplify.services.discreet import Broke, Discreet, discreetly
from amplify.services.reach import secrets_in

_TRIES = 3
_A_MINUTE = timedelta(minutes=1)


class GaveUp(Exception):
    """Nobody was signed in; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """`settings` are the network's own keys, secrets filled in."""

    settings: Mapping[str, str] = field(repr=False)
    who: Identity


async def sign_in(
    channel: Channel,
    network: Network,
    person: Interviewer,
    access_for: Callable[[Mapping[str, str]], Access],
    bound: Account | None,
) -> SignedIn:
    """`channel.settings` are known already and not asked; `bound` is who answered behind the channel before.

    Raises GaveUp.
    """
    known, earlier = dict(channel.settings), dict[str, str]()
    for left in reversed(range(_TRIES)):
        try:
            granted = await _asked(network, person, known, earlier, access_for)
            settings = granted.settings
            earlier = {field.name: settings.get(field.name, "") for field in network.fields if not field.secret}
            async with _kept_or_taken_back(granted, person):
                return await _met(settings, network, person, access_for(settings), bound)
        except (PublishError, Broke) as error:
            if not left or not isinstance(error, Unauthorized):
                raise GaveUp(_in_words(error)) from None
            person.say(f"{str(error).rstrip('.')}.")
            person.say("Once more:")
    raise GaveUp("nobody was signed in")


@asynccontextmanager
async def _kept_or_taken_back(granted: Granted, person: Interviewer) -> AsyncIterator[None]:
    """A secret that was made for nothing must not stay good on its server, whatever ended the attempt."""
    try:
        yield
    except BaseException:
        try:
            await granted.take_back()
        except PublishError as error:
            person.say(
                f"What was granted just now is still good ({by_hand.said(error)}): take amplify out of the applications "
                "in the settings of that account."
            )
        raise


async def _nothing_was_made() -> None:
    """What a person has typed is theirs."""


def _in_words(error: Exception) -> str:
    """Nothing tries again by itself here: the person does."""
    if not isinstance(error, Throttled):
        return by_hand.said(error)
    wait = error.reading.wait if error.reading is not None else None
    minutes = f"{ceil(wait / _A_MINUTE)} min" if wait is not None else "a few minutes"
    return f"{by_hand.said(error)}; nothing was kept: begin again in {minutes}"


async def _asked(
    network: Network,
    person: Interviewer,
    known: Mapping[str, str],
    earlier: Mapping[str, str],
    access_for: Callable[[Mapping[str, str]], Access],
) -> Granted:
    """What was answered `earlier` is offered. Raises PublishError."""
    if isinstance(network, SignsIn):
        return await network.sign_in(person, known, access_for)
    guides = network.guides if isinstance(network, Guides) else {}
    purposes = network.purposes if isinstance(network, SaysWhatFor) else {}
    wanted = [field for field in network.fields if field.required and field.name not in known]
    helped = {name: replace(guides.get(name, Guide()), usual=said) for name, said in earlier.items() if said}
    helped = {**guides, **helped}
    asked = {field.name: _ask(field, person, purposes, helped.get(field.name, Guide())) for field in wanted}
    return Granted(settings={**known, **asked}, take_back=_nothing_was_made)


def _ask(field: Field, person: Interviewer, purposes: Mapping[str, str], guide: Guide) -> str:
    for line in (purposes.get(field.name, "").partition(": the name of a secret")[0], guide.how):
        if line:
            person.say(f"{line.rstrip('.')}.")
    while True:
        said = (person.ask_secret if field.secret else _plainly(person, guide))(field.name).strip()
        if not said:
            person.say("Nothing was typed.")
        elif not guide.shape or re.fullmatch(guide.shape, said) or (guide.doubt and person.agrees(guide.doubt)):
            return canonical(_whole(said)) if field.name == "server" else said.removeprefix(_prefix(field))
        elif not guide.doubt:
            person.say(f"“{said}” does not look like one." if not field.secret else "That does not look like one.")


def _plainly(person: Interviewer, guide: Guide) -> Callable[[str], str]:
    return lambda question: person.ask(question, guide.usual)


def _whole(server: str) -> str:
    return server if "://" in server else f"https://{server}"


def _prefix(field: Field) -> str:
    """A handle is written without its @."""
    return "@" if field.name == "handle" else ""


async def _met(
    settings: Mapping[str, str], network: Network, person: Interviewer, access: Access, bound: Account | None
) -> SignedIn:
    """Raises PublishError; GaveUp where it is somebody else, or not who the person meant."""
    given = secrets_in(access, network)
    with discreetly(lambda: given):
        publisher = Discreet(inner=await network.connect(access), given=given)
        try:
            who = publisher.identity
            examined = await publisher.inner.examine() if isinstance(publisher.inner, Examines) else None
        finally:
            await publisher.close()
    if bound is not None and bound.id not in ("", who.id):
        raise GaveUp(
            f"that is {who.name}, but this channel belongs to {bound.name}: sign in as {bound.name}, or give the other "
            "account a channel of its own"
        )
    person.say(f"Signed in as {who.name} ({who.url}).")
    for line in _wrongs(examined):
        person.say(line)
    if not person.agrees("Is that the account?"):
        raise GaveUp(
            "nothing was kept. Sign out of that account in the browser, or take another secret, and begin again"
        )
    return SignedIn(settings=settings, who=who)


def _wrongs(examined: Examined | None) -> list[str]:
    found = examined.observations if examined is not None else ()
    return [
        f"{'WRONG' if one.standing is Standing.WRONG else 'Note'}: {one.told.rstrip('.')}. {one.advice}".rstrip()
        for one in sorted(found, key=lambda one: one.standing.rank)
        if one.standing is not Standing.GOOD
    ]
