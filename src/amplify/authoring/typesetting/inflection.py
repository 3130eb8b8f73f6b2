"""Counted words: `{{ figure.political_prisoners | forms(one="…", few="…", many="…") }}`.

All plurals of the language have to be given, whatever the number is today: tomorrow's may need another. Behind words
such as “more than” many languages want another case, and then those forms are asked for too. Nothing is guessed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amplify.authoring.typesetting import formatting, wording
from amplify.authoring.typesetting.cldr import every_plural, plural_of_range, plurals
from amplify.domain.figure import Qualifier
from amplify.ports.author import UnusableText

#: Keeps a number and its word on one line.
_NO_BREAK_SPACE = "\u00a0"
#: Behind these a word may stand in another case.
_BEHIND = tuple(str(qualifier) for qualifier in Qualifier if qualifier is not Qualifier.EXACT)
_INSTEAD = "or write `label: value`, which needs no grammar"
_EXAMPLE = 'write `figure.political_prisoners | forms(one="prisoner", other="prisoners")`'


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is counted: a number, or a range, then `high` is greater."""

    low: int
    high: int
    qualifier: Qualifier = Qualifier.EXACT

    def bare(self, language: str) -> str:
        if self.low == self.high:
            return formatting.number(self.low, language)
        return formatting.between(self.low, self.high, language)

    def printed(self, language: str) -> str:
        """With its qualifier. Raises UnusableText."""
        return formatting.qualified(self.qualifier, self.bare(language), language)

    def spoken(self, language: str) -> str:
        """With its qualifier, and without a dash. Raises UnusableText."""
        if self.low == self.high:
            return self.printed(language)
        return formatting.between_aloud(self.low, self.high, self.qualifier, language)


class Countable:
    """What `forms` can stand behind, besides whole numbers."""

    __slots__ = ()

    def counted(self) -> Count:
        raise NotImplementedError


def inflecting(language: str) -> Callable[..., str]:
    """The filter `forms` for one language."""

    def forms(value: object, *unnamed: object, **words: object) -> str:
        for given in (value, *unnamed, *words.values()):
            str(given)  # raises where a name is unknown, and says which
        if unnamed:
            named = ", ".join(f'{name}="…"' for name in plurals(language))
            raise _wrong("each form of `forms` needs its name", f"in `{language}` write `forms({named})`")
        if isinstance(value, Countable):
            count = value.counted()
        elif isinstance(value, int) and not isinstance(value, bool):
            count = Count(low=value, high=value)
        else:
            raise _wrong("`|forms` stands behind a figure, a part of one or `days_left`, and nothing else", _EXAMPLE)
        return f"{count.printed(language)}{_NO_BREAK_SPACE}{_word(count, words, language)}"

    return forms


def _word(count: Count, words: Mapping[str, object], language: str) -> str:
    behind = {name: forms for name, forms in words.items() if isinstance(forms, Mapping)}
    if strange := sorted(behind.keys() - set(_BEHIND)):
        raise _wrong(f"`{strange[0]}` is no qualifier that changes words", f"write one of {', '.join(_BEHIND)}")
    plain = _checked({name: word for name, word in words.items() if name not in behind}, "`forms`", language)
    forms = plain
    if count.qualifier in behind:
        forms = _checked(behind[count.qualifier], f"`{count.qualifier}` of `forms`", language)
    elif count.qualifier is not Qualifier.EXACT and _changes(count.qualifier, language):
        given = ", ".join(f'"{name}": "…"' for name in plurals(language))
        told = f"behind `{count.qualifier}` the counted word stands in another case in `{language}`, and `forms` does not have it"
        raise _wrong(told, f"add `{count.qualifier}={{{given}}}`, {_INSTEAD}")
    wanted = plural_of_range(count.low, count.high, language)
    if wanted is None:
        told = f"amplify does not know in which plural a word stands behind a range in `{language}`"
        raise _wrong(told, "write `label: value`, which needs no grammar")
    return forms[wanted]


def _checked(forms: Mapping[str, object], where: str, language: str) -> dict[str, str]:
    """The forms, if each plural has one and nothing else is there. Raises UnusableText."""
    needed = plurals(language)
    if not needed:
        raise wording.lacking(language, "plurals")
    if strange := sorted(forms.keys() - every_plural(language)):
        raise _wrong(f"{where} has `{strange[0]}`, and `{language}` has no such plural", f"it has {', '.join(needed)}")
    for name, example in needed.items():
        if not isinstance(forms.get(name), str) or not forms[name]:
            told = f"{where} lacks `{name}`, which `{language}` needs for {formatting.number(example, language)}"
            raise _wrong(told, f'add `{name}="…"`, the word as it stands behind {example}; {_INSTEAD}')
    return {name: str(word) for name, word in forms.items()}


def _changes(qualifier: Qualifier, language: str) -> bool:
    return qualifier in wording.CHANGING.get(language.split("-", maxsplit=1)[0], Qualifier)


def _wrong(told: str, hint: str) -> UnusableText:
    return UnusableText(told, code="wrong-forms", hint=hint)
