"""Looks at the campaign's sources when it is time, each in a process of its own: none can delay or fail a delivery."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from amplify.bootstrap import App
from amplify.domain.recipe import Gathering
from amplify.services.gather import is_due
from amplify.services.office import Office

_EVERY = timedelta(minutes=1)
#: The start of the process included; fetching a page has bounds of its own.
_LONGEST = timedelta(seconds=90)


@dataclass(slots=True, kw_only=True)
class Collector:
    app: App
    office: Office
    say: Callable[[str], None]
    every: timedelta = _EVERY
    longest: timedelta = _LONGEST

    async def run(self) -> None:
        while True:
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001 - a bug of ours in here must not end the looking, nor anything else
                self.say(
                    f"Sources of figures are in trouble and are looked at again: {error!r}. Posts go out all the same."
                )
            await asyncio.sleep(self.every.total_seconds())

    async def _round(self) -> None:
        number = await asyncio.to_thread(self.app.ledger.revision_id)
        sources = (await self.office.copy(number)).written.sources if number else {}
        for name, recipe in sources.items():
            last = await asyncio.to_thread(self.app.notebook.last, name)
            if is_due(recipe, last, self.app.clock.now()):
                why = await self._look(name)
                if await asyncio.to_thread(self.app.notebook.last, name) == last:
                    nothing = Gathering(at=self.app.clock.now(), well=False, told=why)
                    await asyncio.to_thread(self.app.notebook.note, name, nothing)

    async def _look(self, name: str) -> str:
        """Have `amplify figures fetch` do it; what came of it is in the notebook, or here where it is not."""
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "amplify", "figures", "fetch", name, "--campaign", str(self.app.root)),
            env=dict(self.app.settings.environ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self.longest.total_seconds()):
                await child.wait()
        except TimeoutError:
            return f"the look took longer than {int(self.longest.total_seconds())} seconds"
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        return "the look ended without a word; `amplify figures fetch` says why"
