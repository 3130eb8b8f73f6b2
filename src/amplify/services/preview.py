"""amplify preview: exactly what followers will see at the slot."""

from collections.abc import Collection, Mapping

from amplify.domain.written import Written
from amplify.ports.ledger import Account
from amplify.services.survey import Surveyed, survey
from amplify.services.workshop import Workshop


def preview(written: Written, workshop: Workshop, accounts: Mapping[str, Account]) -> list[Surveyed]:
    """Every delivery: what one of them quotes may be another that nobody asked to see."""
    return survey(written, workshop, accounts)


def asked_for(one: Surveyed, posts: Collection[str], channel: str) -> bool:
    """Whether it is of these posts (all, when none is named) on this channel (all, when none is named)."""
    wanted = one.intent.wanted
    return (not posts or wanted.post.id in posts) and channel in ("", wanted.channel.name)
