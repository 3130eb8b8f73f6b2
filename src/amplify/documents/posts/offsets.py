"""Stretches of a text in characters. Networks count in units of their own; screens and pages count in characters."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate

from amplify.domain.rendition import Entity

#: All others count code points.
_UNITS: Mapping[str, Callable[[str], int]] = {
    "bluesky": lambda sign: len(sign.encode()),
    "telegram": lambda sign: 2 if sign > "\uffff" else 1,
}


def in_characters(network: str, text: str, entities: Iterable[Entity]) -> Iterator[tuple[int, int, Entity]]:
    """Each entity's start and end; one that begins or ends inside of a character covers all of it."""
    at = list(accumulate(map(_UNITS.get(network, lambda _: 1), text), initial=0))
    for entity in entities:
        start = next((place for place in range(len(at) - 1, -1, -1) if at[place] <= entity.start), 0)
        end = next((place for place, offset in enumerate(at) if offset >= entity.end), len(text))
        yield start, end, entity
