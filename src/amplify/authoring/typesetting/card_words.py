"""The words that only cards have, in each language: drafts, for native readers to look at."""

from collections.abc import Mapping
from types import MappingProxyType

#: Below the number of days: every plural of the language, and the day itself.
DAYS_UNTIL: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"one": "day until {}", "other": "days until {}"},
        "de": {"one": "Tag bis zum {}", "other": "Tage bis zum {}"},
        "be": {"one": "дзень да {}", "few": "дні да {}", "many": "дзён да {}", "other": "дзён да {}"},
        "ru": {"one": "день до {}", "few": "дня до {}", "many": "дней до {}", "other": "дней до {}"},
        "uk": {"one": "день до {}", "few": "дні до {}", "many": "днів до {}", "other": "днів до {}"},
        "pl": {"one": "dzień do {}", "few": "dni do {}", "many": "dni do {}", "other": "dni do {}"},
        "lt": {"one": "diena iki {}", "few": "dienos iki {}", "many": "dienų iki {}", "other": "dienų iki {}"},
    }
)

#: Behind the time of an event: the clocks of its own city show it.
LOCAL_TIME: Mapping[str, str] = MappingProxyType(
    {
        "en": "{} local time", "de": "{} Ortszeit", "be": "{} па мясцовым часе", "ru": "{} по местному времени",
        "uk": "{} за місцевим часом", "pl": "{} czasu lokalnego", "lt": "{} vietos laiku",
    }
)  # fmt: skip

#: Who has announced an event.
ANNOUNCED_BY: Mapping[str, str] = MappingProxyType(
    {
        "en": "Announced by: {}", "de": "Angekündigt von: {}", "be": "Паведамляе: {}", "ru": "Сообщает: {}",
        "uk": "Повідомляє: {}", "pl": "Zapowiada: {}", "lt": "Praneša: {}",
    }
)  # fmt: skip
