"""One recipient of notices: what they have heard, and what they hear next. Each waits for no other."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amplify.documents.notice import letter
from amplify.domain.notice import News, Outlook, news
from amplify.ports.notifier import Memory, Notifier, NotTold

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(minutes=15)
#: News that goes on changing is told after this all the same.
_LONGEST_WAIT = timedelta(minutes=1)
#: Between two complaints about the same trouble.
_ONCE_IN = timedelta(hours=1)


@dataclass(slots=True, kw_only=True)
class Recipient:
    """`name` is for people. `gap` is how long what is not urgent is gathered after a notice. Times are the machine's."""

    name: str
    notifier: Notifier
    memory: Memory
    gap: timedelta
    _told: Mapping[str, str] | None = None
    _seen: News | None = None
    _since: datetime | None = None
    _spoken: datetime | None = None
    _not_before: datetime | None = None
    _pause: timedelta = _FIRST_PAUSE
    _complained: datetime | None = None
    _telling: "asyncio.Task[None] | None" = field(default=None, repr=False)

    async def told(self) -> Mapping[str, str]:
        if self._told is None:
            self._told = await asyncio.to_thread(self.memory.load)
        return self._told

    async def offer(self, outlook: Outlook, campaign: str, secrets: Collection[str], at: datetime, say: "Say") -> None:
        """Begin to tell what is new, once it has not changed between two looks: what belongs together comes together."""
        if self._telling is not None and not self._telling.done():
            return
        fresh = news(outlook, await self.told())
        settled, self._seen = fresh == self._seen, fresh
        self._since = None if fresh.is_none else self._since or at
        if self._since is None:
            await self._keep(fresh, at, say)
        elif (settled or at >= self._since + _LONGEST_WAIT) and self._may(fresh, at):
            self._telling = asyncio.create_task(self._tell(fresh, campaign, secrets, at, say))

    async def last_words(
        self, outlook: Outlook, campaign: str, secrets: Collection[str], at: datetime, say: "Say"
    ) -> None:
        """Tell what is new now, without waiting for more; what is on its way is waited for."""
        if self._telling is not None:
            await asyncio.gather(self._telling, return_exceptions=True)
        fresh = news(outlook, await self.told())
        if not fresh.is_none and (self._not_before is None or at >= self._not_before):
            await self._tell(fresh, campaign, secrets, at, say)

    async def end(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    def _may(self, fresh: News, at: datetime) -> bool:
        if self._not_before is not None and at < self._not_before:
            return False
        return fresh.urgent or self._spoken is None or at >= self._spoken + self.gap

    async def _tell(self, fresh: News, campaign: str, secrets: Collection[str], at: datetime, say: "Say") -> None:
        written = letter(campaign, fresh, secrets)
        try:
            await self.notifier.notify(written.title, written.body, urgent=fresh.urgent)
        except NotTold as error:
            self._not_before, self._pause = at + self._pause, min(self._pause * 2, _LONGEST_PAUSE)
            self._complain(f"did not arrive and is tried again: {error}", at, say)
            return
        self._spoken, self._not_before, self._pause = at, None, _FIRST_PAUSE
        await self._keep(fresh, at, say)

    async def _keep(self, fresh: News, at: datetime, say: "Say") -> None:
        if fresh.told == self._told:
            return
        self._told = fresh.told
        try:
            await asyncio.to_thread(self.memory.save, fresh.told)
        except OSError as error:
            self._complain(f"could not be noted, so it may be told again after a restart: {error.strerror}", at, say)

    def _complain(self, words: str, at: datetime, say: "Say") -> None:
        if self._complained is None or at >= self._complained + _ONCE_IN:
            self._complained = at
            say(f"A notice to {self.name} {words}")


Say = Callable[[str], None]
