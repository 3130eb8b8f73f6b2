"""A post that is still to be written: the template of its kind, filled in as far as the campaign tells.

In a template, `<name>` stands for a word of the campaign; a line whose word the campaign lacks is left out. What hangs
on `<language>:` is repeated for each language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from amplify.domain.campaign import Campaign
from amplify.domain.excerpt import Risk
from amplify.domain.post import Kind
from amplify.domain.written import Written

#: When a post of a kind is due where nobody says so; the others at noon of the day.
_TIMES: Mapping[Kind, Sequence[str]] = {
    Kind.COUNTDOWN: ("D-7 09:00", "D-3 09:00", "D-1 09:00"),
    Kind.EVENT: ("D-1 12:00",),
    Kind.THANKS: ("D+1 18:00",),
}
_NOON = ("D 12:00",)
_GAP = re.compile(r"<([a-z]+)>")
_EACH = "<language>:"


def blank_post(
    kind: Kind, written: Written, campaign: Campaign, *, id: str, at: Sequence[str], channels: Sequence[str]
) -> str:
    """The text of a file of posts/."""
    template = files("amplify.cli").joinpath("starter", "kinds", f"{kind}.yaml").read_text(encoding="utf-8")
    words = {
        "id": id,
        "day": f"{campaign.day:%d %B %Y}",
        "at": _listed(at or _TIMES.get(kind, _NOON)),
        "channels": _listed(channels),
        "link": next(iter(campaign.links), ""),
        "tags": next(iter(campaign.hashtags), ""),
        "figure": _figure(written, campaign),
        "excerpt": _excerpt(written),
        "event": next(iter(written.events), ""),
    }
    lines = _by_language(template.splitlines(), campaign.languages)
    return "".join(f"{line}\n" for line in _filled(lines, words))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def _figure(written: Written, campaign: Campaign) -> str:
    """One that has words in every language, if there is one."""
    spoken = [name for name, one in written.figures.items() if set(campaign.languages) <= set(one.label)]
    return next(iter([*spoken, *written.figures]), "")


def _excerpt(written: Written) -> str:
    """One that may be quoted on any day, anywhere."""
    always = (one for one in written.excerpts.values() if not one.valid_on and not one.instead)
    return next((one.id for one in always if one.risk is Risk.NORMAL), "")


def _by_language(lines: Sequence[str], languages: Iterable[str]) -> Iterator[str]:
    rest = list(lines)
    while rest:
        block = [rest.pop(0)]
        if not block[0].strip().startswith(_EACH):
            yield block[0]
            continue
        while rest and (not rest[0] or _indent(rest[0]) > _indent(block[0])):
            block.append(rest.pop(0))
        for language in languages:
            yield from (line.replace("<language>", language) for line in block)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _filled(lines: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    left_out = False
    for line in lines:
        lacks = any(not words.get(name) for name in _GAP.findall(line))
        if not lacks and (line or not left_out):
            yield _GAP.sub(lambda gap: words[gap[1]], line)
        left_out = lacks
