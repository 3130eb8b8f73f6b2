"""What a rule is: a code that never changes, how grave it is unless a campaign says otherwise, and a pure function.

To add one: write the function, list the rule in `rules.py`, and write its page in `pages/`. The words of a remark are
for tired volunteers: what, and as hint what to do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from amplify.domain.lint import Subject
from amplify.domain.problem import Place, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """`quote` are words of the text that the remark is about: with them the line is found. Or `place` says where."""

    message: str
    hint: str = ""
    quote: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`look` says each thing once, however often it stands in the text."""

    code: str
    severity: Severity
    look: Callable[[Subject], Iterable[Remark]]
