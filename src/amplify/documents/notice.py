"""A notice as people read it, on a phone, at night: a title that says how bad it is, and lines that say what to do.

Plain text: every service shows that. One line for each post, whatever its reason says, and a bounded number of lines.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from amplify.domain.notice import About, Concern, News
from amplify.domain.secrecy import Secrecy

_MOST = 12
_LONGEST = 200
_HEADINGS = {
    About.LEDGER: "The ledger cannot be used, and nothing leaves that is not on record first:",
    About.BRAKE: "Stopped:",
    About.UNCONFIRMED: "Perhaps public. Look at the account, then `amplify resolve KEY --published URL` or `--absent`:",
    About.HALTED: "Halted. These channels keep their queue until somebody helps:",
    About.FAILED: "Failed. The network will never accept these as they are:",
    About.MISSED: "Missed. These go out only if you give them a new time:",
    About.HELD: "Held. These are certainly not public, and need a hand:",
    About.UNCONNECTED: "Not connected for a while. What falls due there waits, and is missed when it is too late:",
    About.PROPOSED: "Proposed. Nobody prints these numbers before somebody has looked at their source:",
    About.SOURCE: "No number came from these sources; the one in force stays:",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    title: str
    body: str


def letter(campaign: str, news: News, secrets: Collection[str] = ()) -> Letter:
    """`secrets` are struck out, wherever they come from."""
    secrecy = Secrecy.of(secrets)
    return Letter(
        title=_clean(f"{campaign}: {_headline(news)}", secrecy),
        body="\n".join(_clean(line, secrecy) for line in _lines(news)),
    )


def _headline(news: News) -> str:
    number = Counter(concern.about for concern in news.begun)
    words = {About.LEDGER: "the ledger cannot be used", About.BRAKE: "stopped"}
    said = [words.get(about, f"{number[about]} {about}") for about in About if number[about]]
    if said:
        return ", ".join(said)
    return "no longer so" if news.over else "the day"


def _lines(news: News) -> Iterator[str]:
    for about in About:
        lines = _folded([concern for concern in news.begun if concern.about is about])
        if lines:
            yield from (_HEADINGS[about], *_bounded(lines), "")
    if news.over:
        yield from ("No longer so:", *_bounded(news.over), "")
    if news.summary:
        yield from (*news.summary.splitlines(), "")
    yield "`amplify status` shows everything."


def _folded(concerns: Sequence[Concern]) -> list[str]:
    """The channels of one post share a line."""
    where: dict[tuple[str, str], list[str]] = {}
    for concern in concerns:
        where.setdefault((concern.what, concern.why), []).append(concern.where)
    return [_line(what, ", ".join(filter(None, channels)), why) for (what, why), channels in where.items()]


def _line(what: str, where: str, why: str) -> str:
    return "".join([what, f" on {where}" if where else "", f": {why}" if why else ""])


def _bounded(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"- {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"- and {len(lines) - _MOST} more"


def _clean(line: str, secrecy: Secrecy) -> str:
    """On one line, and short: in this order, or half a secret would stay."""
    line = " ".join(secrecy.struck_out(line).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
