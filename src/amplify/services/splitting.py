"""A post with `split: true`: a text that is too long for its network becomes a numbered thread there.

What is cut is what was written, with its brackets, so each part has its own figures and its own lines in the file. Limits
are the network's own, never a server's: every run comes to the same parts. Parts are called 1, 2, 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from amplify.domain.campaign import Campaign
from amplify.domain.key import Key
from amplify.domain.post import Part
from amplify.domain.problem import Passage
from amplify.domain.rendition import Layout
from amplify.domain.richtext import RichText, paragraphs
from amplify.domain.sentences import Cut, cuts, is_end
from amplify.domain.tags import expand, line
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import Author, UnusableText
from amplify.ports.publisher import Network
from amplify.services.body import whole
from amplify.services.link_card import has_card

#: From where to where in the source.
Piece: TypeAlias = tuple[int, int]
#: What the first part is called.
FIRST = "1"
#: How many parts a number has room for.
_TOTALS = (9, 99, 999)
#: A text with control blocks is not cut: each part would have to be a template by itself.
_BLOCK = "{%"


def split(wanted: Wanted, written: Written, author: Author, networks: Mapping[str, Network]) -> list[Wanted]:
    """The delivery as it is, or the parts that it is cut into; what cannot be set or cut stays one, and says so itself."""
    source = wanted.part.text.get(wanted.channel.language, "") if wanted.post.split else ""
    if written.campaign is None or _BLOCK in source or not source.strip():
        return [wanted]
    cutter = _Cutter(
        wanted=wanted,
        written=written,
        campaign=written.campaign,
        author=author,
        network=networks[wanted.channel.network],
        source=source,
    )
    try:
        return cutter.parts()
    except UnusableText:
        return [wanted]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cutter:
    wanted: Wanted
    written: Written
    campaign: Campaign
    author: Author
    network: Network
    source: str

    def parts(self) -> list[Wanted]:
        """Raises UnusableText where the text cannot be set."""
        if not self._laid_out(self.wanted, tagged=False).too_long:
            return [self.wanted]
        pieces = next(found for total in _TOTALS if len(found := self._pieces(total)) <= total or total == _TOTALS[-1])
        return self._thread(pieces, len(pieces)) if len(pieces) > 1 else [self.wanted]

    def _pieces(self, total: int) -> list[Piece]:
        """As many as it takes; `total` is how many a number has room for."""
        pieces: list[Piece] = []
        start, end = 0, len(self.source.rstrip())
        known = [cut for cut in cuts(self.source, self.wanted.channel.language) if cut.next < end]
        while self._measured([*pieces, (start, end)], len(pieces) + 1).too_long:
            cut = self._best(pieces, start, [one for one in known if one.end > start], total)
            if cut is None:
                break
            pieces.append((start, cut.end))
            start = cut.next
        return [*pieces, (start, end)]

    def _best(self, before: list[Piece], start: int, known: list[Cut], total: int) -> Cut | None:
        """The last paragraph that fits and fills at least half of the part, else the last sentence that fits.

        Where not even the first sentence fits it is left alone, and told to be too long.
        """
        best: Cut | None = None
        paragraph: Cut | None = None
        for cut in known:
            pieces = [*before, (start, cut.end)]
            if not cut.sure and not self._ends(pieces, cut):
                continue
            layout = self._measured(pieces, max(total, len(pieces) + 1))
            if layout.too_long:
                return paragraph or best or cut
            best = cut
            if cut.paragraph and 2 * layout.length >= layout.limit:
                paragraph = cut
        return paragraph or best

    def _ends(self, pieces: list[Piece], cut: Cut) -> bool:
        """Whether what is filled in ends a sentence."""
        said = self._set(self._thread(pieces, len(pieces))[-1]).text
        return is_end(said, self.source[cut.next :], self.wanted.channel.language)

    def _measured(self, pieces: list[Piece], count: int) -> Layout:
        """The last of the pieces, as a part of a thread of `count`."""
        return self._laid_out(self._thread(pieces, count)[-1], tagged=len(pieces) == 1)

    def _thread(self, pieces: list[Piece], count: int) -> list[Wanted]:
        """The first of the `count` parts of a thread."""
        parts = [self._part(number, *piece) for number, piece in enumerate(pieces)]
        rest = [Part(id=str(int(FIRST) + number), place=self.wanted.part.place) for number in range(len(parts), count)]
        post = replace(self.wanted.post, parts=(*parts, *rest), numbered=True)
        return [
            replace(
                self.wanted,
                key=_named(self.wanted.key, part.id),
                former=_named(self.wanted.former, part.id) if self.wanted.former is not None else None,
                post=post,
                part=part,
                position=number,
                settings=self._settings(number, count),
            )
            for number, part in enumerate(parts)
        ]

    def _part(self, number: int, start: int, end: int) -> Part:
        """Pictures are at the beginning, where they are seen first."""
        whole_part, language = self.wanted.part, self.wanted.channel.language
        passage = whole_part.passages.get(language, Passage(start=whole_part.place))
        first_line = self.source.count("\n", 0, start) + 1
        begins = replace(passage, start=passage.at(first_line))
        return Part(
            id=str(int(FIRST) + number),
            text={language: self.source[start:end]},
            passages={language: begins},
            media=whole_part.media if number == 0 else (),
            card=whole_part.card if number == 0 else None,
            place=begins.start,
        )

    def _settings(self, number: int, count: int) -> Mapping[str, str]:
        """Buttons are at the end, where the link is; tags beside the text at the beginning, where tags are."""
        elsewhere = [*(["button"] if number < count - 1 else []), *(["outline_tags"] if number else [])]
        return {name: value for name, value in self.wanted.settings.items() if name not in elsewhere}

    def _laid_out(self, one: Wanted, *, tagged: bool) -> Layout:
        """As `compose` has it, with room for every tag that may be placed. Raises UnusableText."""
        pictured = (*one.part.media, *filter(None, [one.part.card]))
        carded = has_card(one, self.campaign, self.network, alone=not pictured)
        body = whole(self._set(one), one, one.settings, self.campaign, carded=carded)
        if tagged:
            cap = self.campaign.rules.tag_cap(one.channel.network)
            body = paragraphs(body, line(expand(one.post.tags, self.campaign.hashtags)[:cap]))
        return self.network.lay_out(body, one.settings, self.network.defaults.beside(pictured))

    def _set(self, one: Wanted) -> RichText:
        """Raises UnusableText."""
        post = self.wanted.post
        return self.author.typeset(self.written, post, one.part, one.channel, one.values, one.days_left, one.event).body


def _named(key: Key, part: str) -> Key:
    return replace(key, part=part)
