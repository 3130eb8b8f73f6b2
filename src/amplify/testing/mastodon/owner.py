"""What a token may do, as its owner sees it; the tick that an account is automated; and the server's rules."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from amplify.testing.mastodon.nodeinfo import nodeinfo_routes
from amplify.testing.mastodon.submission import refuse
from amplify.testing.premises import Premises
from amplify.testing.resident import Resident

_USUAL = ("profile", "read:statuses", "write:statuses", "write:media", "write:accounts")
_OUTSIDE = "This action is outside the authorized scopes"


def rights_of(resident: Resident) -> tuple[str, ...]:
    return resident.rights or _USUAL


class Owner(ABC):
    """The part of the look-alike that shows and changes it."""

    _on: Premises
    _kept: dict[str, Any]

    @abstractmethod
    def _signed_in(self, request: web.Request) -> Resident: ...
    @abstractmethod
    def _account(self, resident: Resident) -> dict[str, Any]: ...
    @abstractmethod
    def _answer(self, resident: Resident | None, said: object) -> web.Response: ...

    def owner_routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/api/v1/apps/verify_credentials", self._verify_application),
            web.get("/api/v1/instance/rules", self._rules),
            web.get("/api/v2/filters", self._filters),
            *nodeinfo_routes(self._on.manners),
            web.patch("/api/v1/accounts/update_credentials", self._update_credentials),
        )

    def rules_json(self) -> list[dict[str, str]]:
        return [{"id": str(n), "text": text, "hint": ""} for n, text in enumerate(self._on.manners.rules, start=1)]

    def is_automated(self, resident: Resident) -> bool:
        """As it was ticked last."""
        return bool(self._ticks.get(resident.name, resident.automated))

    async def _verify_application(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        scopes = {"scopes": list(rights_of(resident))} if self._on.manners.tells_rights else {}
        return self._answer(resident, {"name": "amplify", "website": None, **scopes})

    async def _rules(self, _: web.Request) -> web.Response:
        return web.json_response(self.rules_json())

    async def _filters(self, request: web.Request) -> web.Response:
        resident = self._signed_in(request)
        self._check(resident, "read", "read:filters")
        return self._answer(resident, [])

    async def _update_credentials(self, request: web.Request) -> web.Response:
        """Only the tick can be changed here."""
        resident = self._signed_in(request)
        self._check(resident, "write", _USUAL[-1])
        said = await request.post()
        if "bot" in said:
            self._ticks[resident.name] = str(said["bot"]).lower() in ("1", "true")
            self._on.memory.save()
        return self._answer(resident, self._account(resident))

    @property
    def _ticks(self) -> dict[str, bool]:
        ticks: dict[str, bool] = self._kept.setdefault("automated", {})
        return ticks

    @staticmethod
    def _check(resident: Resident, *enough: str) -> None:
        """Raises Refused."""
        if not set(enough) & set(rights_of(resident)):
            raise refuse(403, _OUTSIDE)
