"""amplify preview as people type it: the page that it draws, and cards on a terminal."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from uwcwidth import wcswidth

from .conftest import Town
from .test_cli_written import on_terminal

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
WIDE = "💡 灯りを持って 👩‍👩‍👧‍👦 🇦🇹 ❤️ é ไทย 한국어 ў"


class Reader(HTMLParser):
    """Takes a page apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "preview.html"


def test_the_page_is_one_file_and_the_command_says_where(town: Town, file: Path):
    said = town.amplify("preview", "--html", str(file))
    assert said.code == 0, said.err
    assert file.as_uri() in said.out
    assert re.search(r"\(\d+ kB\)", said.out)
    assert "4 deliveries." in said.out
    assert "Come with a lamp" not in said.out
    reader = Reader(file.read_text())
    assert [tag for tag, attrs in reader.tags if tag in ("script", "link", "iframe", "form") or "src" in attrs] == []
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert ("meta", {"charset": "utf-8"}) in reader.tags


def test_the_page_says_of_what_and_when_it_was_made(town: Town, file: Path):
    town.amplify("preview", "--html", str(file))
    said = " ".join(Reader(file.read_text()).text.split())
    for words in ("Lantern Night", "Edition 2027", "Friday, 14 May 2027 at 09:00", "4 deliveries", "no problems"):
        assert words in said
    assert "the network's default limit, as its server has not been asked yet" in said


def test_a_page_of_some_posts_on_one_channel_says_so(town: Town, file: Path):
    town.amplify("preview", "evening", "--channel", "bluesky-en", "--html", str(file))
    reader = Reader(file.read_text())
    assert [attrs["data-key"] for tag, attrs in reader.tags if tag == "article"] == ["2027/evening@bluesky-en"]
    assert "only evening · only on bluesky-en" in reader.text


def test_json_stays_json_beside_a_page(town: Town, file: Path):
    said = town.amplify("preview", "--json", "--html", str(file))
    assert said.json == town.json("preview")
    assert file.as_uri() in said.err
    assert file.exists()


def test_a_problem_ends_with_one_and_stands_on_the_page(town: Town, file: Path):
    town.change("posts/all.yaml", "Two days to go", "Two days to go " * 40)
    assert town.amplify("preview", "--html", str(file)).code == 1
    said = " ".join(Reader(file.read_text()).text.split())
    assert "1 of 4 with a problem" in said
    assert "too long for Mastodon" in said
    assert re.search(r"posts/all.yaml:1\d", said)


def test_what_cannot_be_read_is_told_on_the_page(town: Town, file: Path):
    town.change("posts/all.yaml", "kind: statement\n  at: D-2 09:00", "kind: stament\n  at: D-2 09:00")
    town.amplify("preview", "--html", str(file))
    said = " ".join(Reader(file.read_text()).text.split())
    assert "Not on this page" in said
    assert "stament" in said


def test_a_page_of_ours_is_drawn_anew_and_no_other_file_is_touched(town: Town, file: Path):
    town.amplify("preview", "--html", str(file))
    town.change("posts/all.yaml", "Two days to go", "Three days to go")
    assert town.amplify("preview", "--html", str(file)).code == 0
    assert "Three days to go" in file.read_text()
    file.write_text("my notes")
    said = town.amplify("preview", "--html", str(file))
    assert said.code == 1
    assert "not a preview made by amplify" in said.err
    assert file.read_text() == "my notes"
    assert [path.name for path in file.parent.iterdir() if "preview" in path.name] == ["preview.html"]


@pytest.mark.parametrize(("place", "words"), [(".", "is a folder"), ("nowhere/preview.html", "there is no folder")])
def test_a_place_that_cannot_be_is_one_sentence(town: Town, tmp_path: Path, place: str, words: str):
    said = town.amplify("preview", "--html", str(tmp_path / place))
    assert said.code == 1
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_what_a_post_says_is_never_markup(town: Town, file: Path):
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quotes" \'</style>'
    town.change("posts/all.yaml", "Two days to go", hostile)
    town.amplify("preview", "--html", str(file))
    reader = Reader(file.read_text())
    assert hostile in reader.text
    assert {"script", "img"}.isdisjoint(tag for tag, _ in reader.tags)


@pytest.mark.parametrize("width", [24, 40, 100])
def test_the_frame_of_a_card_stays_straight_around_wide_letters(town: Town, width: int):
    town.change("posts/all.yaml", "Two days to go", f"{WIDE} " * 3)
    lines = (
        ANSI.sub("", on_terminal(town, "preview", "morning", width=width, colour=True)).replace("\r", "").split("\n")
    )
    framed = lines[lines.index(next(line for line in lines if line.startswith("╭"))) :]
    framed = framed[: framed.index(next(line for line in framed if line.startswith("╰"))) + 1]
    assert {wcswidth(line) for line in framed} == {width}
    assert {(line[0], line[-1]) for line in framed[1:-1]} == {("│", "│")}
    shown = " ".join(line.strip("│ ") for line in framed)
    for words in ("mastodon-en", "morning", "2027", "09:00", *WIDE.split()):
        assert words in shown
