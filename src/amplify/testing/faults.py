"""Faults to order: what shall go wrong with the next request that fits, before or after it was handled."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

#: Each kind of fault, and whether it strikes before or after the request is handled unless the rule says.
KINDS = {
    "drop_before": "before",
    "drop_after": "after",
    "close_after": "after",
    "hold": "after",
    "delay": "before",
    "status": "before",
    "truncate": "after",
    "html": "after",
    "forget": "before",
}
_EITHER = frozenset({"hold", "status", "html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One fault.

    drop_before, drop_after: the connection is reset; close_after: it is ended in good order. hold: the
    answer waits `arg` seconds; with `phase: before` the request does, and is dropped if the client has gone
    by then. delay: handled `arg` seconds late, whoever still listens. status: `arg` is answered, with `body`
    and `headers` or else in the network's words. truncate: half the answer. html: a page where JSON belongs,
    with status `arg` or 200. forget: what was uploaded and is in no post yet is gone. `path` is searched for in path and query; empty words fit everything.
    """

    what: str
    path: str = ""
    method: str = ""
    network: str = ""
    count: int = 1
    arg: float = 0
    phase: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def __post_init__(self) -> None:
        """Raises ValueError for a rule that could never strike."""
        if self.what not in KINDS:
            raise ValueError(f"no fault is called “{self.what}”; there are {', '.join(KINDS)}")
        if self.phase not in ("", KINDS[self.what]) and not (
            self.what in _EITHER and self.phase in ("before", "after")
        ):
            raise ValueError(f"“{self.what}” cannot strike “{self.phase}”")
        try:
            re.compile(self.path)
        except re.error as wrong:
            raise ValueError(f"“{self.path}” is not a pattern: {wrong}") from None

    @property
    def strikes(self) -> str:
        return self.phase or KINDS[self.what]

    def fits(self, network: str, method: str, path: str) -> bool:
        return (
            self.network in ("", network)
            and self.method.upper() in ("", method)
            and re.search(self.path, path) is not None
        )


def rule_from(said: Mapping[str, Any]) -> Rule:
    """A rule as it comes over HTTP. Raises ValueError."""
    known = {f.name for f in fields(Rule)}
    if strange := sorted(set(said) - known):
        raise ValueError(f"a rule has no “{strange[0]}”; it has {', '.join(sorted(known))}")
    try:
        return Rule(**said)
    except TypeError as wrong:
        raise ValueError(f"this is no rule: {wrong}") from None


class Faults:
    """The switch. Rules strike in the order in which they were added, each `count` times."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Rule, int]] = []

    def add(self, *rules: Rule) -> None:
        self._waiting += [(rule, rule.count) for rule in rules]

    def clear(self) -> None:
        self._waiting.clear()

    @property
    def left(self) -> list[tuple[Rule, int]]:
        """The rules that may still strike, and how often."""
        return [(rule, times) for rule, times in self._waiting if times > 0]

    def take(self, wanted: Callable[[Rule], bool]) -> Rule | None:
        """Use up one strike of the first rule that is `wanted`."""
        for place, (rule, times) in enumerate(self._waiting):
            if times > 0 and wanted(rule):
                self._waiting[place] = (rule, times - 1)
                return rule
        return None
