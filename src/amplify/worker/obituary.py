"""A worker that cannot begin, or go on, because of its ledger tells why, once: it may be started again every ten seconds."""

import asyncio
from collections.abc import Callable

from amplify.bootstrap import App
from amplify.domain.notice import Outlook
from amplify.ports.ledger import LedgerError
from amplify.worker.beside import Outside
from amplify.worker.crier import ledger_trouble
from amplify.worker.recipient import Recipient


async def tell_why_it_ends(app: App, outside: Outside, error: LedgerError, say: Callable[[str], None]) -> None:
    """Whom nobody could remember to have told is not told: the heartbeat that stays away tells them."""
    campaign = app.written.campaign
    name = campaign.name if campaign is not None else "amplify"
    outlook = Outlook(concerns=[ledger_trouble(str(error))])
    at = app.clock.machine()
    remembered = [recipient for recipient in outside.addressed() if await _remembers(recipient)]
    await asyncio.gather(
        *(recipient.last_words(outlook, name, app.settings.addresses, at, say) for recipient in remembered)
    )


async def _remembers(recipient: Recipient) -> bool:
    try:
        recipient.memory.save(await recipient.told())
    except OSError:
        return False
    return True
