"""A plan in a pull request: whatever stands in a post, the page stays a page and calls nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from amplify.documents.agenda import agenda
from amplify.documents.plan_page import escaped, plan_page
from amplify.domain.campaign import Campaign
from amplify.domain.delivery import Delivery, Event, State
from amplify.domain.envelope import Ticket
from amplify.domain.key import Key
from amplify.domain.plan import Action, Change, Plan

DUE = datetime(2027, 5, 21, 7, tzinfo=UTC)
CAMPAIGN = Campaign(
    name="Lamps | <b>2027</b>", edition="1", zone="Europe/Vienna", day=date(2027, 5, 21), languages=("en",)
)
ALLOWED = {
    "p",
    "strong",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "del",
    "ins",
    "code",
    "details",
    "summary",
}
HOSTILE = [
    "| one | two |",
    "a \\| b \\\\| c",
    "`code` and ``more` code",
    "one\n\n# two\n| --- |\n\nthree",
    "</td></tr></table><img src=x onerror=alert(1)>",
    "<!-- hidden <details> ",
    "ask @everyone, @somebody and mail@example.org",
    "see #12, GH-34 and https://git.example/a/b/issues/5 or www.example.org",
    "[here](https://example.org) ![there](x.png) [^1] :tada: $x$ ~~gone~~ **fat**",
    "&lt;b&gt; &amp; &#64;name",
    "ends with a backslash \\",
]  # fmt: skip


def change(text: str, action: Action = Action.CREATE, post: str = "lamp", **more) -> Change:
    return Change(key=Key(edition="1", post=post, channel="mastodon-en"), action=action, due=DUE, text=text, **more)


def page(*changes: Change, known: tuple[Delivery, ...] = ()) -> str:
    made = agenda(
        Plan(changes=changes, waiting=0),
        CAMPAIGN,
        channels=["mastodon-en"],
        intents={},
        known={row.key: row for row in known},
        loads=(),
        zones=["Europe/Minsk"],
    )
    return plan_page(made, "`amplify apply` does this.")


def reworded(before: str, after: str) -> str:
    row = Delivery(
        key=change("").key,
        state=State.PLANNED,
        version=1,
        ticket=Ticket(key=change("").key, nonce="n", made_at=DUE),
        slot=DUE,
        due=DUE,
        file="posts/all.yaml",
        digest="d",
        text=before,
    )
    return page(change(after, Action.REWORD, event=Event.REVISE), known=(row,))


class Read(HTMLParser):
    """What a browser would find: the tags, and the words of every cell."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.words = ""
        self.inside = False
        self.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not attrs
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.inside:
            self.rows[-1][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_nothing_but_words_in_its_cell(text: str) -> None:
    for source in (page(change(text, reasons=(text,), state=State.PLANNED)), reworded("Nothing", text)):
        seen = Read(source)
        assert set(seen.tags) <= ALLOWED
        assert {len(row) for row in seen.rows} == {6}
        assert " ".join(text.split()) in seen.words.replace("\u200b", "")
        for sign in ("@every", "@some", "@name", "#12", "GH-34"):
            assert sign not in seen.words


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60))
def test_any_words_come_out_of_a_cell_as_they_went_in(text: str) -> None:
    seen = Read(f"| a | b |\n| --- | --- |\n| {escaped(text)} | end |\n")
    assert seen.rows[-1] == [seen.rows[-1][0], "end"]
    assert seen.rows[-1][0].replace("\u200b", "") == " ".join(text.split())


def test_a_reworded_text_shows_what_went_and_what_came() -> None:
    source = reworded("Two days to go, clean your lamps.", "Three days to go, clean your lamps.")
    assert "| <del>Two</del> <ins>Three</ins> days to go, … |" in source


def test_what_needs_a_hand_stands_open_and_first_and_long_lists_are_folded() -> None:
    blocked = [change("", Action.BLOCKED, f"wrong-{n}", reasons=(f"reason {n}",)) for n in range(30)]
    new = [change(f"Words {n}", post=f"new-{n}", state=State.PLANNED) for n in range(30)]
    source = page(*new, *blocked)
    assert source.index("### Needs a hand: 30 deliveries") < source.index("<summary>New: 30 deliveries</summary>")
    assert source.count("<details>") == source.count("</details>") == 1
    rows = Read(source).rows
    assert [row[3] for row in rows[1:31]] == sorted(f"wrong-{n}" for n in range(30))


def test_an_empty_plan_is_a_summary_and_a_sentence() -> None:
    source = page(replace(change("Words", Action.KEEP), due=DUE + timedelta(days=1)))
    assert [line for line in source.splitlines() if line] == [
        "**Lamps &#124; &#60;b&#62;2027&#60;/b&#62;, 1** – 1 delivery: 1 as they are.",
        "`amplify apply` does this.",
    ]
