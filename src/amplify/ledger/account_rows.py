"""Accounts, and the limits that their servers were last seen to have, as columns and back."""

import json
from dataclasses import asdict
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from amplify.domain.budget import Budget, Use
from amplify.domain.picture import FilmLimits, PictureLimits
from amplify.domain.poll import PollLimits
from amplify.domain.rendition import Limits
from amplify.domain.traits import NO_TRAITS, Traits
from amplify.ledger.rows import perhaps_moment, perhaps_stamp
from amplify.ports.ledger import Account


def account_of(row: Row[Any]) -> Account:
    return _account(*row)


def limits_text(limits: Limits) -> str:
    said = {**asdict(limits), "read_at": perhaps_stamp(limits.read_at)}
    if limits.poll is not None:
        spans = {name: getattr(limits.poll, name).total_seconds() for name in ("shortest", "longest")}
        said["poll"] = {**asdict(limits.poll), **spans}
    said["budgets"] = [{**asdict(one), "window": one.window.total_seconds()} for one in limits.budgets]
    return json.dumps(said)


def traits_text(traits: Traits) -> str | None:
    """None where there are none, as in a row of an older amplify."""
    return json.dumps(dict(traits), ensure_ascii=False) if traits else None


@lru_cache(maxsize=1024)
def _account(
    channel: str,
    id: str,
    name: str,
    url: str,
    halted: str,
    throttled: str | None,
    limits: str | None,
    traits: str | None,
) -> Account:
    """The columns in their order. Remembered: all accounts are read for every delivery, and seldom change."""
    return Account(
        channel=channel,
        id=id,
        name=name,
        url=url,
        halted=halted,
        throttled_until=perhaps_moment(throttled),
        limits=_limits_of(limits) if limits else None,
        traits=MappingProxyType(json.loads(traits)) if traits else NO_TRAITS,
    )


def _limits_of(text: str) -> Limits:
    said = json.loads(text)
    read_at = perhaps_moment(said["read_at"])
    parts = {"pictures": _pictures(said), "poll": _poll(said), "budgets": _budgets(said)}
    return Limits(**{**said, "read_at": read_at, **parts})


def _pictures(said: dict[str, Any]) -> PictureLimits | None:
    known = said.get("pictures")
    film = known.get("film") if known else None
    return PictureLimits(**{**known, "film": FilmLimits(**film) if film else None}) if known else None


def _poll(said: dict[str, Any]) -> PollLimits | None:
    known = said.get("poll")
    if not known:
        return None
    spans = {name: timedelta(seconds=known[name]) for name in ("shortest", "longest")}
    return PollLimits(**{**known, **spans})


def _budgets(said: dict[str, Any]) -> tuple[Budget, ...]:
    return tuple(
        Budget(
            **{
                **one,
                "window": timedelta(seconds=one["window"]),
                "costs": tuple((Use(use), cost) for use, cost in one["costs"]),
            }
        )
        for one in said.get("budgets", ())
    )
