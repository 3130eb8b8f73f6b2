"""What a server is and takes, in words by name: its version, how long a text may be, whether it takes films.

Kept with the account, so that a server that changes its mind is noticed.
"""

from collections.abc import Mapping
from types import MappingProxyType

Traits = Mapping[str, str]

#: Of a server that has told none.
NO_TRAITS: Traits = MappingProxyType({})


def changes(before: Traits, now: Traits) -> str:
    """What is another than it was, in words; what was told of only once is no change."""
    both = [name for name in now if name in before and now[name] != before[name]]
    return ", ".join(f"{name} {now[name]} instead of {before[name]}" for name in both)
