"""What templates see: excerpts, links and the campaign, in the channel's language. All they give away is shielded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting import formatting
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.verbatim import shield, unshield
from amplify.authoring.typesetting.vetting import dangerous
from amplify.domain.campaign import Campaign, Link
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.excerpt import Excerpt, Risk
from amplify.ports.author import UnusableText

_T = TypeVar("_T")
_LEAP_YEAR = 2024


#: Where something is written that templates name.
_WHERE: Mapping[str, str] = MappingProxyType(
    {
        "figure": "write it in config/figures.yaml",
        "excerpt": "write it in config/excerpts.yaml",
        "event": "write it in config/events.yaml",
        "link": "write it below `links:` in config/campaign.yaml",
        "part": "write it below `breakdown:` of the figure",
    }
)


class Printable:
    """An object that may stand alone in `{{ … }}`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shelf(Generic[_T]):
    """`figure.ID`: entries by name. An unknown one is told, with the nearest that is known."""

    _what: str
    _names: Iterable[str]
    _take: Callable[[str], _T]

    def __getitem__(self, name: str) -> _T:
        name = unshield(str(name))  # `figure[which]`: a variable of the post may say which
        if name not in self._names:
            raise UnusableText(
                f"there is no {self._what} `{name}`, or it is wrong where it is written",
                code=f"unknown-{self._what}",
                hint=nearest(name, self._names) or _WHERE[self._what],
            )
        return self._take(name)


@dataclass(frozen=True, slots=True)
class ShownExcerpt(Printable):
    """`excerpt.ID`. Alone it prints the corrected wording, or in another language its translation."""

    _excerpt: Excerpt
    _language: str

    def __str__(self) -> str:
        words = {self._excerpt.language: self._excerpt.corrected, **self._excerpt.translations}
        for language in (self._language, self._language.split("-", maxsplit=1)[0]):
            if language in words:
                return shield(words[language])
        raise UnusableText(
            f"excerpt {self._excerpt.id} has no translation into `{self._language}`",
            code="missing-language",
            hint=f"write it in config/excerpts.yaml, `translations: {{{self._language}: …}}`; "
            f"to quote the original on purpose, write `excerpt.{self._excerpt.id}.original`",
        )

    @property
    def quoted(self) -> str:
        """The same within the language's quotation marks."""
        return formatting.quoted(str(self), self._language)

    @property
    def original(self) -> str:
        """The corrected wording in its own language, whatever the channel's."""
        return shield(self._excerpt.corrected)

    @property
    def verbatim(self) -> str:
        return shield(self._excerpt.verbatim)


@dataclass(frozen=True, slots=True)
class ShownCampaign(Printable):
    """`campaign`. Alone it prints the name."""

    _campaign: Campaign
    _language: str

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shield(self._campaign.name)

    @property
    def edition(self) -> str:
        return shield(self._campaign.edition)

    @property
    def day(self) -> str:
        return formatting.day(self._campaign.day, self._language)


@dataclass(frozen=True, slots=True)
class Named(Printable):
    """`channel` and `post`: what `if` can choose by."""

    name: str
    network: str = ""
    language: str = ""
    kind: str = ""

    def __str__(self) -> str:
        return shield(self.name)


def excerpts(known: Mapping[str, Excerpt], channel: Channel, on: date, notes: Notes) -> Shelf[ShownExcerpt]:
    """The excerpts as a post on that day may quote them."""

    def take(name: str) -> ShownExcerpt:
        excerpt = known[name]
        notes.excerpts.add(name)
        if excerpt.instead:
            told = f"excerpt {name} is not to be quoted"
            raise UnusableText(told, code="not-quotable", hint=f"write {excerpt.instead}")
        if excerpt.risk is Risk.HIGH and channel.links is LinkPolicy.NAME_ONLY:
            raise dangerous(name, channel)
        if excerpt.risk is Risk.HIGH:
            notes.risky.add(name)
        if excerpt.valid_on is not None:
            notes.dated = True
            if (on.month, on.day) != excerpt.valid_on:
                month, day = excerpt.valid_on
                true_on = date(_LEAP_YEAR, month, day)
                told = f"excerpt {name} is true on {true_on:%d %B} only, and this goes out on {on:%d %B}"
                raise UnusableText(told, code="wrong-day", hint="move the post, or quote something else")
        return ShownExcerpt(excerpt, channel.language)

    return Shelf("excerpt", known, take)


def links(known: Mapping[str, Link], language: str) -> Shelf[str]:
    """Each link as markup: its label, leading to its name."""

    def take(name: str) -> str:
        return f"[{shield(in_language(known[name].label, language, f'link {name} has no `label`'))}]({name})"

    return Shelf("link", known, take)


def in_language(words: Mapping[str, str], language: str, missing: str) -> str:
    """The words of that language and no other. Raises UnusableText."""
    if language not in words:
        raise UnusableText(f"{missing} in `{language}`", code="missing-language", hint="write it; there is no fallback")
    return words[language]
