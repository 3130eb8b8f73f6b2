"""What becomes of a post afterwards: it is deleted, no longer shown again, liked, and counted.

Mastodon lets an account delete and take boosts back 30 times in half an hour.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from amplify.testing.mastodon.status import Status
from amplify.testing.premises import Premises, Refused
from amplify.testing.resident import Resident

_MOST_AT_ONCE = 20


class Upkeep(ABC):
    """The part of the look-alike that does it."""

    _on: Premises
    _kept: dict[str, Any]
    _statuses: dict[str, Any]

    @abstractmethod
    def _signed_in(self, request: web.Request) -> Resident: ...
    @abstractmethod
    def _whose(self, request: web.Request) -> Resident | None: ...
    @abstractmethod
    def _own(self, id: str, resident: Resident) -> Status: ...
    @abstractmethod
    def _readable(self, id: str, reader: Resident | None) -> Status | None: ...
    @abstractmethod
    def _all(self) -> list[Status]: ...
    @abstractmethod
    def _json(self, status: Status) -> dict[str, Any]: ...
    @abstractmethod
    def _spend(self, kind: str, resident: Resident) -> None: ...
    @abstractmethod
    def _refuse(self, status: int) -> Refused: ...
    @abstractmethod
    def _answer(self, resident: Resident | None, said: object) -> web.Response: ...

    def upkeep_routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/api/v1/statuses", self._several),
            web.delete("/api/v1/statuses/{id}", self._delete),
            web.post("/api/v1/statuses/{id}/unreblog", self._unreblog),
            web.post("/api/v1/statuses/{id}/favourite", self._favourite),
        )

    def counted(self, status: Status) -> dict[str, Any]:
        """What the server has seen of a post."""
        others = self._all()
        counts: dict[str, Any] = {
            "reblogs_count": sum(other.boosts == status.id for other in others),
            "quotes_count": sum(other.quotes == status.id for other in others),
            "favourites_count": len(self._likes.get(status.id, ())),
        }
        return counts

    async def _several(self, request: web.Request) -> web.Response:
        """Since 4.3; what is not there is left out."""
        reader = self._whose(request)
        wanted = request.query.getall("id[]", [])[:_MOST_AT_ONCE]
        found = [status for one in dict.fromkeys(wanted) if (status := self._readable(one, reader)) is not None]
        return self._answer(reader, [self._json(status) for status in found])

    async def _delete(self, request: web.Request) -> web.Response:
        """What shows it again goes with it."""
        resident = self._signed_in(request)
        self._spend("deletes", resident)
        if self._on.manners.deletes_answer_404:
            raise self._refuse(404)
        status = self._own(request.match_info["id"], resident)
        last_words = self._json(status) | {"text": status.text}
        self._remove(status, *(other for other in self._all() if other.boosts == status.id))
        return self._answer(resident, last_words)

    async def _unreblog(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        self._spend("deletes", resident)
        status = self._readable(request.match_info["id"], resident)
        if status is None:
            raise self._refuse(404)
        self._remove(*(o for o in self._all() if (o.account, o.boosts) == (resident.name, status.id)))
        return self._answer(resident, self._json(status))

    async def _favourite(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        status = self._readable(request.match_info["id"], resident)
        if status is None:
            raise self._refuse(404)
        self._likes[status.id] = sorted({*self._likes.get(status.id, ()), resident.name})
        self._on.memory.save()
        return self._answer(resident, self._json(status))

    @property
    def _likes(self) -> dict[str, list[str]]:
        likes: dict[str, list[str]] = self._kept.setdefault("likes", {})
        return likes

    def _remove(self, *statuses: Status) -> None:
        for status in statuses:
            self._statuses.pop(status.id, None)
        self._on.memory.save()
