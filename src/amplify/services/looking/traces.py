"""All by which posts of one file can matter to posts of another: names, slots, words. See `touching`.

Whatever comes to compare posts with each other has to leave a trace here, or `check` would overlook it across files.
"""

from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from amplify.domain.likeness import pairs_in
from amplify.domain.post import PERSON
from amplify.domain.written import Written
from amplify.services.survey import Surveyed
from amplify.services.twins import collected

_SLOT, _WORDS, _PAIR = "q", "Q", "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """`ids` are borne here, right or wrong; `former` and `corrected` are named. `persons` are templates about somebody.

    `slots` are the seconds at which threads begin, by account; `urgent` are those that are; `loads` have one for each
    part and each of its pictures. `said` are marks of the
    words on an account. `pairs` are those of each text (`domain.likeness`), in order of size, by language.
    """

    ids: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    templates: bool = False
    slots: Mapping[str, Sequence[int]] = field(default_factory=dict)
    urgent: Mapping[str, Sequence[int]] = field(default_factory=dict)
    loads: Mapping[str, Sequence[int]] = field(default_factory=dict)
    said: Mapping[str, Sequence[int]] = field(default_factory=dict)
    pairs: Mapping[str, Sequence[Sequence[int]]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        names = {name: sorted(getattr(self, name)) for name in _NAMES}
        return {
            **names,
            "templates": self.templates,
            "slots": {account: _packed(_SLOT, slots) for account, slots in self.slots.items()},
            "urgent": {account: _packed(_SLOT, slots) for account, slots in self.urgent.items()},
            "loads": {account: _packed(_SLOT, slots) for account, slots in self.loads.items()},
            "said": {account: _packed(_WORDS, marks) for account, marks in self.said.items()},
            "pairs": {
                language: [[len(one) for one in pairs], _packed(_PAIR, (pair for one in pairs for pair in one))]
                for language, pairs in self.pairs.items()
            },
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Traces":
        """Raises LookupError, TypeError or ValueError."""
        names = {name: frozenset(map(str, data[name])) for name in _NAMES}
        return cls(
            **names,
            templates=bool(data["templates"]),
            slots={account: _unpacked(_SLOT, slots) for account, slots in data["slots"].items()},
            urgent={account: _unpacked(_SLOT, slots) for account, slots in data["urgent"].items()},
            loads={account: _unpacked(_SLOT, slots) for account, slots in data["loads"].items()},
            said={account: _unpacked(_WORDS, marks) for account, marks in data["said"].items()},
            pairs={language: _parted(*pairs) for language, pairs in data["pairs"].items()},
        )


_NAMES = ("ids", "former", "corrected", "persons")


def traces(written: Written, surveyed: Iterable[Surveyed]) -> Traces:
    """What posts that were read and surveyed together leave."""
    surveyed = list(surveyed)
    used = {post.template for post in written.posts if post.template}
    begun: dict[str, dict[object, int]] = defaultdict(dict)
    urgent: dict[str, dict[object, int]] = defaultdict(dict)
    loads: dict[str, list[int]] = defaultdict(list)
    said: dict[str, list[int]] = defaultdict(list)
    for one in surveyed:
        intent = one.intent
        wanted, account = intent.wanted, intent.account
        slot = int(wanted.due.timestamp())
        begun[account].setdefault(wanted.key.thread, slot)
        if wanted.post.urgent:
            urgent[account].setdefault(wanted.key.thread, slot)
        if intent.rendition is not None:
            loads[account] += [slot] * (1 + len(intent.rendition.prints()))
            said[account].append(_mark(intent.rendition.text))
    return Traces(
        ids=written.ids,
        former=written.former,
        corrected=written.corrected,
        persons=frozenset(post.template for post in written.posts if post.template and post.kind in PERSON),
        templates=bool(used),
        slots={account: sorted(slots.values()) for account, slots in begun.items()},
        urgent={account: sorted(slots.values()) for account, slots in urgent.items()},
        loads={account: sorted(slots) for account, slots in loads.items()},
        said=said,
        pairs={
            language: [sorted(pairs_in(words)) for words in texts.values()]
            for language, texts in collected(surveyed)[1].items()
        },
    )


def _mark(text: str) -> int:
    """The same for texts that `plan` takes for the same words."""
    return int.from_bytes(blake2b(" ".join(text.casefold().split()).encode(), digest_size=8).digest())


def _packed(kind: str, numbers: Iterable[int]) -> str:
    return b64encode(array(kind, numbers).tobytes()).decode()


def _unpacked(kind: str, text: str) -> Sequence[int]:
    """Raises ValueError."""
    numbers = array(kind)
    numbers.frombytes(b64decode(text, validate=True))
    return numbers


def _parted(lengths: Sequence[int], text: str) -> Sequence[Sequence[int]]:
    """Raises ValueError."""
    numbers, parts, start = _unpacked(_PAIR, text), [], 0
    for length in lengths:
        parts.append(numbers[start : start + length])
        start += length
    if start != len(numbers):
        raise ValueError(f"{start} of {len(numbers)} pairs")
    return parts
