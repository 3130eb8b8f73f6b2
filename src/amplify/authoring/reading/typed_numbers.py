"""Numbers typed into a text that are figures: they would go out without a date, and stay when the figure changes."""

import re
from collections.abc import Iterable, Iterator, Mapping

from amplify.authoring.reading.findings import on_post, warning
from amplify.authoring.template_names import FOLDER
from amplify.domain.figure import Figure
from amplify.domain.post import Part, Post, Variant
from amplify.domain.problem import Passage, Place, Problem

#: Shorter numbers are hours, days and years of age.
_LEAST = 100
_NUMBER = re.compile(r"(?<![\w.,:/#=-])(?:\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d{3,})(?![\w/])")


def typed_numbers(
    posts: Iterable[Post], templates: Mapping[str, str], figures: Mapping[str, Figure]
) -> Iterator[Problem]:
    """Warnings, each at its line."""
    known = dict(_numbers(figures))
    for post in posts:
        for language, text, passage in _texts(post):
            yield from (on_post(problem, post.id) for problem in _found(text, passage, known, language))
    for name, text in templates.items():
        passage = Passage(start=Place(file=FOLDER + name), line_by_line=True)
        yield from _found(text, passage, known, name)


def _texts(post: Post) -> Iterator[tuple[str, str, Passage]]:
    owners: list[Part | Variant] = [*post.parts, *post.on.values()]
    for owner in owners:
        for language, text in owner.text.items():
            yield language, text, owner.passages.get(language, Passage(start=post.place))


def _numbers(figures: Mapping[str, Figure]) -> Iterator[tuple[int, str]]:
    for name, figure in figures.items():
        yield from ((value, f"figure.{name}.part.{part}") for part, value in figure.breakdown.items())
        yield from ((value, f"figure.{name}.number") for value in (figure.low, figure.high, figure.value) if value)


def _found(text: str, passage: Passage, known: Mapping[int, str], where: str) -> Iterator[Problem]:
    for found in _NUMBER.finditer(text):
        number = int(re.sub(r"\D", "", found[0]))
        if number >= _LEAST and number in known:
            told = (
                f"“{found[0]}” is typed here ({where}): it goes out without its date, and stays when the figure changes"
            )
            place = passage.at(text.count("\n", 0, found.start()) + 1)
            yield warning("typed-number", told, place, f"write `{{{{ {known[number]} }}}}`")
