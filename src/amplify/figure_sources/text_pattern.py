"""`kind: text`: the one place in a page where a sentence says the number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amplify.domain.recipe import Counted, Told, Unusable
from amplify.figure_sources.numbers import whole_number
from amplify.ports.figure_source import Page

#: `{value}` and `{as_of}` in a sentence; all else is taken as it is written. No regular expressions: a careless one
#: never ends, and this runs beside the work.
_VALUE, _AS_OF = "{value}", "{as_of}"
_NUMBER = r"(?P<value>\d[\d.,'’\u00a0\u202f\u2009 ]{0,14}\d|\d)"
_DAY = r"(?P<as_of>\d{4}-\d{2}-\d{2})"
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class TextPattern:
    name: str = "text"
    port: int = 1
    accepts: frozenset[str] = _HTML | {"text/plain"}

    @property
    def options(self) -> Mapping[str, str]:
        return {
            "sentence": "The words around the number as they stand in the page, with `{value}` in its place.",
            "thousands": "How the page marks thousands, such as `.`; without it a marked number is refused.",
        }

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:
        wrong = {}
        sentence = options.get("sentence")
        if not isinstance(sentence, str) or sentence.count(_VALUE) != 1 or sentence.count(_AS_OF) > 1:
            wrong["sentence"] = (
                'write the words with `{value}` once, `sentence: "there were {value} political prisoners"`'
            )
        elif not re.search(r"\w", sentence.replace(_VALUE, "").replace(_AS_OF, "")):
            wrong["sentence"] = "write some words around `{value}`: any number of the page would do now"
        thousands = options.get("thousands", ".")
        if not isinstance(thousands, str) or len(thousands) != 1 or thousands.isalnum():
            wrong["thousands"] = 'write one sign, `thousands: "."`'
        return wrong

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:
        """Raises Unusable."""
        sentence = " ".join(str(options["sentence"]).split())
        places = [re.escape(piece) for piece in re.split(r"(\{value\}|\{as_of\})", sentence)]
        pattern = "".join({re.escape(_VALUE): _NUMBER, re.escape(_AS_OF): _DAY}.get(one, one) for one in places)
        found = list(re.finditer(pattern.replace(r"\ ", " "), _words(page)))
        if not found:
            raise Unusable("the sentence does not stand in the page any more")
        said = {(one["value"].strip(), one.groupdict().get("as_of") or "") for one in found}
        if len(said) > 1:
            raise Unusable(f"the page says {' and '.join(sorted(value for value, _ in said))} in the same words")
        value, day = said.pop()
        number = whole_number(value, str(options.get("thousands", "")))
        return Counted(value=number, what=f"“{found[0][0]}”", as_of=date.fromisoformat(day) if day else None)


def _words(page: Page) -> str:
    """What people read, with one space between words."""
    if page.kind not in _HTML:
        return " ".join(page.text.split())
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page.text, "html.parser")
    for hidden in soup(["script", "style", "template", "noscript"]):
        hidden.decompose()
    return " ".join(soup.get_text(" ").split())


TEXT = TextPattern()
