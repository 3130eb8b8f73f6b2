"""Follows the campaign's files: what changes is taken as one revision once the files have rested."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from amplify.bootstrap import App
from amplify.ports.ledger import LedgerError
from amplify.services.apply import CancelsMuch, apply


@dataclass(slots=True, kw_only=True)
class Watch:
    """`say` tells people what was taken, or why not."""

    app: App
    say: Callable[[str], None]
    _seen: object = None
    _since: datetime | None = None
    _taken: object = None
    _fault: str = ""

    async def look(self) -> bool:
        """Take a new revision if the files, or the register of protected persons, have changed and rest; True when one was taken."""
        machine = self.app.clock.machine()
        register = await asyncio.to_thread(self.app.protection.read)
        if register.fault != self._fault:
            self._fault = register.fault
            self.say(f"Nothing is published: {register.fault}" if register.fault else "The register can be used again.")
        if register.fault:
            return False
        try:
            stamp = (await asyncio.to_thread(self.app.folder.stamp), register.mark)
        except OSError:
            return False  # a file went away between two looks: it does not rest
        if stamp == self._taken:
            return False
        if stamp != self._seen or self._since is None:
            self._seen, self._since = stamp, machine
        if self._taken is not None and machine - self._since < self.app.settings.rest:
            return False
        self._taken = stamp
        return await asyncio.to_thread(self._take)

    def _take(self) -> bool:
        try:
            steps = apply(
                self.app.folder.files(), self.app.workshop, self.app.ledger, by="worker", unasked=True
            ).plan.steps
        except CancelsMuch:
            self.say(
                "The files no longer hold more than half of what waits. Nothing was taken: look at `amplify plan`, then `amplify apply`."
            )
            return False
        except (LedgerError, OSError) as error:
            self._taken = None
            self.say(f"The files could not be taken: {error}")
            return False
        if steps:
            self.say(f"Took the files as a new revision: {len(steps)} deliveries changed.")
        return True
