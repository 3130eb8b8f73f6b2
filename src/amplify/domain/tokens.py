"""Words that look like a secret of a network: a token or an app password, wherever somebody has put one.

What is found is named by its kind, never repeated.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType


def _mixed(word: str) -> bool:
    """Capitals, small letters and digits: no word of a language, no digest."""
    return all(any(kind(letter) for letter in word) for kind in (str.isupper, str.islower, str.isdigit))


def _with_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _any(_: str) -> bool:
    return True


#: What it is → how it is written, and what tells it from words that look the same.
_SHAPES: Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]] = MappingProxyType(
    {
        "a Telegram bot's token": (re.compile(r"(?<!\d)\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])"), _any),
        "a session's token": (re.compile(r"(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"), _any),
        "a Bluesky app password": (re.compile(r"(?<![\w-])[a-z2-7]{4}(?:-[a-z2-7]{4}){3}(?![\w-])"), _with_digit),
        "an access token": (re.compile(r"(?<![\w/+.-])[A-Za-z0-9_-]{43}(?![\w/+=.-])"), _mixed),
    }
)


def token_in(line: str) -> str:
    """What kind of secret a line seems to hold; empty where none."""
    for kind, (shape, is_one) in _SHAPES.items():
        if any(is_one(found[0]) for found in shape.finditer(line)):
            return kind
    return ""
