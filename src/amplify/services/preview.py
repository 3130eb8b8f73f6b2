"""amplify preview: exactly what followers will see at the slot."""

from collections.abc import Collection, Mapping

from amplify.domain.written import Written
from amplify.ports.ledger import Account
from amplify.services.survey import Surveyed, survey
from amplify.services.workshop import Workshop


def preview(
    written: Written,
    workshop: Workshop,
    accounts: Mapping[str, Account],
    *,
    posts: Collection[str] = (),
    channel: str = "",
) -> list[Surveyed]:
    """Every delivery of the posts (all, when none is named) on the channel (all, when none is named)."""
    return [
        one
        for one in survey(written, workshop, accounts)
        if (not posts or one.intent.wanted.post.id in posts) and channel in ("", one.intent.wanted.channel.name)
    ]
