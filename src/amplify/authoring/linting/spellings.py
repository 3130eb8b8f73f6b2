"""The two spellings of Belarusian: both are alive, and a text keeps to one of them, the one that its channel names.

Only what the other spelling cannot have is a sign of it. What is quoted stays as it was said.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from amplify.authoring.linting.glossary import followers_see, own_words
from amplify.authoring.linting.rule import Remark
from amplify.domain.languages import base_of
from amplify.domain.lint import Subject

_CLASSICAL = "be-tarask"
#: Assimilated softness is written: палітвязьні, сьнежня, насеньне. And words that only one of them has.
_SOFT = r"\w*(?:[сз]ь(?:[внлцсзф]|дз)|цьв|дзьв|ньн|льл|цьц)[еёіюяь]\w*"
_SIGNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        _CLASSICAL: re.compile(rf"(?<!\w)(?:{_SOFT}|травен[ья]|траўн[яюі]\w*|бяз|ня|эўр[оа]п\w*)(?!\w)", re.IGNORECASE),
        "be": re.compile(r"(?<!\w)(?:\w*[сз](?:[внлц]|дз)[еёіюяь]\w*|\d+ мая|еўр[оа]п\w*)(?!\w)", re.IGNORECASE),
    }
)
_TOLD = 3


def mixed_spelling(subject: Subject) -> Iterator[Remark]:
    if base_of(subject.language) != "be":
        return
    here, other = ("be-tarask", "be") if subject.language == _CLASSICAL else ("be", _CLASSICAL)
    signs = _SIGNS[other]
    if not any(signs.search(text) for text in followers_see(subject)):
        return
    if found := dict.fromkeys(match[0] for text in own_words(subject) for match in signs.finditer(text)):
        words = ", ".join(f"“{word}”" for word in list(found)[:_TOLD])
        told = f"{words} {'is' if len(found) == 1 else 'are'} spelled as `{other}`, and this text is in `{here}`"
        yield Remark(message=told, hint="keep to one spelling in a text", quote=next(iter(found)))
