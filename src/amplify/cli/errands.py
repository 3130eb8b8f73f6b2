"""Which accounts a command may visit now, with the secrets that are at hand on this machine."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from amplify.bootstrap import App
from amplify.config.settings import NoSecret

if TYPE_CHECKING:
    from amplify.ports.ledger import Account
    from amplify.services.visit import Errand, Errands


def errands(app: App, names: Iterable[str]) -> "Errands":
    """By channel, as config/channels.yaml has it now. Raises LedgerError."""
    accounts = app.accounts()
    secrets = frozenset(secret for some in app.secrets().values() for secret in some)
    return {name: _errand(app, name, accounts.get(name), secrets) for name in set(names)}


def _errand(app: App, name: str, known: "Account | None", secrets: frozenset[str]) -> "Errand | str":
    from amplify.services.visit import Errand

    channel = app.written.channels.get(name)
    if channel is None:
        return f"config/channels.yaml has no {name} that can be used: put it back as it was, then say it again"
    try:
        access = app.access(channel)
    except NoSecret as missing:
        return str(missing)
    return Errand(
        channel=channel,
        network=app.networks[channel.network],
        access=access,
        known=known,
        ledger=app.ledger,
        clock=app.clock,
        besides=secrets,
    )
