"""The identity of a delivery. The slot is never in it: moving a published post must not publish it again."""

import re
from dataclasses import dataclass, replace
from typing import Self

_KEY = re.compile(
    r"(?P<edition>[^/@#]+)/(?P<post>[a-z0-9-]+)(?:\.(?P<part>[a-z0-9-]+))?"
    r"@(?P<channel>[a-z0-9-]+)(?:#(?P<occurrence>.+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Key:
    """`edition/post[.part]@channel[#occurrence]`."""

    edition: str
    post: str
    part: str = ""
    channel: str
    occurrence: str = ""

    def __str__(self) -> str:
        part = f".{self.part}" if self.part else ""
        occurrence = f"#{self.occurrence}" if self.occurrence else ""
        return f"{self.edition}/{self.post}{part}@{self.channel}{occurrence}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as `status` prints it. Raises ValueError."""
        found = _KEY.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a delivery's key; a key looks like 2027/post@channel")
        return cls(**{name: value or "" for name, value in found.groupdict().items()})

    def sibling(self, named: str) -> "Key":
        """What `post[.part][#occurrence]` names, in the same edition on the same channel."""
        head, _, occurrence = named.partition("#")
        post, _, part = head.partition(".")
        return replace(self, post=post, part=part, occurrence=occurrence)

    @property
    def thread(self) -> "Key":
        """The key that all parts of one thread on one channel share."""
        return Key(edition=self.edition, post=self.post, channel=self.channel, occurrence=self.occurrence)
