"""The page as a whole: head, the way to a day, what it can be narrowed to, problems, and every delivery by day and time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from amplify.documents.pages import stored, template
from amplify.documents.posts.cards import card, style
from amplify.documents.posts.icons import icon, sheet
from amplify.documents.posts.rich_text import outward
from amplify.documents.preview.choices import choices
from amplify.documents.preview.months import days, months
from amplify.documents.preview.values import Drawn, Preview

#: By this a file is known as one of ours, so that it may be written anew.
MADE_BY = '<meta name="generator" content="amplify preview">'
#: The page may load nothing from anywhere and run nothing at all; its pictures are inside of it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'none'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem and every delivery that has it. Where only numbers differ it is one problem."""

    said: str
    kind: str
    about: tuple[tuple[Drawn, str], ...]

    @property
    def alike(self) -> bool:
        """Whether all say the very same words."""
        return all(said == self.said for _, said in self.about)


def page(preview: Preview) -> str:
    """The whole file."""
    calendar = days(preview.deliveries)
    return template("preview/page.html.j2").render(
        preview=preview,
        campaign=preview.campaign,
        made_by=MADE_BY,
        policy=POLICY,
        style=style() + stored("preview/preview.css"),
        sheet=sheet(),
        icon=icon,
        outward=outward,
        card=card,
        days=calendar,
        months=months(calendar),
        by_time=by_time,
        findings=_findings(preview.deliveries),
        wrong=sum(one.wrong for one in preview.deliveries),
        choices=choices(preview.deliveries),
    )


def by_time(deliveries: Iterable[Drawn]) -> list[tuple[datetime, list[list[Drawn]]]]:
    """The threads of each minute; a single post is a thread of one. Parts of a thread stand together."""
    timed = sorted(deliveries, key=lambda one: one.due)
    grouped = []
    for at, within in groupby(timed, key=lambda one: one.due):
        threads: dict[object, list[Drawn]] = {}
        for one in within:
            threads.setdefault(one.key.thread, []).append(one)
        grouped.append((at, list(threads.values())))
    return grouped


def _findings(deliveries: Sequence[Drawn]) -> list[Finding]:
    """Errors first, then what is most frequent."""
    found: dict[tuple[str, str], list[tuple[Drawn, str]]] = {}
    for one in deliveries:
        for remark in one.remarks:
            found.setdefault((remark.kind, re.sub(r"\d+", "0", remark.said)), []).append((one, remark.said))
    findings = [Finding(said=about[0][1], kind=kind, about=tuple(about)) for (kind, _), about in found.items()]
    return sorted(findings, key=lambda finding: (finding.kind, -len(finding.about), finding.said))
