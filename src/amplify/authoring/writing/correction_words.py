"""What a correction says, in the languages for which there are words: drafts, for native readers to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`we_wrote` takes the day and what was wrong, `corrected` the day and what was wrong."""

    we_wrote: str
    correct: str
    reason: str
    corrected: str


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words(
            we_wrote="Correction. On {day} we wrote: {wrong}",
            correct="Correct: {right}",
            reason="Reason: {reason}",
            corrected="Corrected on {day}: we wrote {wrong}.",
        ),
        "de": Words(
            we_wrote="Korrektur. Am {day} schrieben wir: {wrong}",
            correct="Richtig ist: {right}",
            reason="Grund: {reason}",
            corrected="Korrigiert am {day}: Wir schrieben {wrong}.",
        ),
        "be": Words(
            we_wrote="Выпраўленне. {day} мы напісалі: {wrong}",
            correct="Правільна: {right}",
            reason="Прычына: {reason}",
            corrected="Выпраўлена {day}: мы напісалі {wrong}.",
        ),
        "ru": Words(
            we_wrote="Исправление. {day} мы написали: {wrong}",
            correct="Верно: {right}",
            reason="Причина: {reason}",
            corrected="Исправлено {day}: мы написали {wrong}.",
        ),
    }
)
