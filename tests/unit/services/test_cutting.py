"""An old revision loses posts and keeps the others, to the byte."""

from dataclasses import replace

import pytest

from amplify.domain.post import Kind
from amplify.ports.ledger import Revision
from amplify.services.cutting import still_named, without
from amplify.services.revision_copy import copy_of

from .conftest import CAMPAIGN, CHANNELS

POSTS = """\
# written by one

- id: first
  kind: statement
  at: D 09:00
  channels: all
  text:
    en: |
      The first lamp.

      - id: no-post
      #lamps
# the second is hers

- id: second
  kind: countdown
  at: D 10:00
  channels: [mastodon-en]
  template: lamps
- {id: third, kind: thanks, at: D 11:00, channels: all, template: stars, text: {}}
"""
FILES = {
    "config/campaign.yaml": CAMPAIGN.encode(),
    "config/channels.yaml": CHANNELS.encode(),
    "posts/day.yaml": POSTS.replace(", text: {}", "").encode(),
    "posts/night.yaml": b"- {id: night, kind: quote, at: D 20:00, channels: all, text: {en: Not like the first.}}\n",
    "posts/templates/lamps.j2": b"{{ days_left }} lamps",
    "posts/templates/stars.en.j2": b"{{ days_left }} stars",
}


@pytest.fixture
def author(written):
    return written("[]").author


def cut(author, *gone, files=FILES):
    return {path: content.decode() for path, content in without(files, gone, author).items()}


def test_a_post_goes_with_the_comments_above_it_and_an_entry_that_says_nothing_stays(author):
    kept = cut(author, "second")
    entry = '- {"id": "second", "kind": "countdown", "channels": ["mastodon-en"], "at": "D 10:00", "text": {"en": "erased"}}'
    gone = POSTS[POSTS.index("# the second") : POSTS.index("- {id: third")]
    assert kept["posts/day.yaml"] == FILES["posts/day.yaml"].decode().replace(gone, f"{entry}\n")
    assert kept["posts/night.yaml"] == FILES["posts/night.yaml"].decode()


def test_the_last_line_of_a_text_is_no_comment(author):
    assert "#lamps" in cut(author, "second")["posts/day.yaml"]


def test_the_first_and_the_last_post_of_a_file_go_too(author):
    assert "lamp." not in cut(author, "first")["posts/day.yaml"]
    assert "no-post" not in cut(author, "first")["posts/day.yaml"]
    assert "stars" not in cut(author, "third")["posts/day.yaml"]
    kept = without(FILES, ["first", "third"], author)
    assert [post.id for post in author.read(kept).posts] == ["first", "second", "third", "night"]
    assert without(kept, ["first", "third"], author) == kept


KEYS = """\
- {id: night, kind: call, channels: all, with: {a: words}, each: {east: {at: D 9:00}, west: {at: [D 10:00, D 11:00]}}, template: lamps}
- {id: weekly, kind: quote, channels: all, repeat: {every: "monday 09:00", from: 2027-04-01, until: 2027-06-30}, text: {en: words}}
- {id: days, kind: quote, channels: all, at: [D-1 9:00, D 9:00], text: {en: words}}
- {id: here, kind: quote, channels: all, at: {en: D 9:00}, text: {en: words}}
- {id: back, kind: quote, channels: all, at: D 9:00, draft: true, text: {en: words}}
- id: long
  kind: thread
  channels: [bluesky, mastodon]
  languages: [en]
  at: D 10:00
  thread: [{id: one, text: {en: words}}, {id: two, text: {en: words}}]
- {id: right, kind: correction, corrects: long.two, at: D 12:00, channels: [mastodon-en], text: {en: words}}
"""


def test_what_is_left_of_a_post_has_the_same_deliveries(written):
    app = written(KEYS, posts__templates__none="")
    files = {**FILES, "posts/night.yaml": KEYS.replace("bluesky, ", "").encode()}
    gone = ["night", "weekly", "days", "here", "long", "right"]
    before, after = (app.author.read(each) for each in (files, without(files, [*gone, "back"], app.author)))
    assert [(w.key, w.due) for w in app.workshop.wanted(after)] == [(w.key, w.due) for w in app.workshop.wanted(before)]
    assert {key.post for key in (w.key for w in app.workshop.wanted(after))} == {*gone, "first", "second", "third"}
    assert "words" not in cut(app.author, *gone, "back", files=files)["posts/night.yaml"]


def test_the_parts_of_a_text_that_was_cut_still_have_a_post_when_its_words_are_gone(written):
    long = " ".join(f"This is sentence {number} of a letter about lamps." for number in range(30))
    entry = (
        f"- {{id: letter, kind: statement, at: D 9:00, channels: [mastodon-en], split: true, text: {{en: {long}}}}}\n"
    )
    app = written(entry)
    files = {**FILES, "posts/night.yaml": entry.encode(), "posts/day.yaml": b"[]"}
    before, after = (
        copy_of(Revision(id=1, files=each, at=app.clock.now(), by="one"), app.workshop)
        for each in (files, without(files, ["letter"], app.author))
    )
    parts = [key for key in before.wanted if key.part]
    assert len(parts) > 1
    assert [after.made_of(key).post.kind for key in parts] == [Kind.STATEMENT] * len(parts)
    assert after.made_of(replace(parts[0], post="nobody")) is None


def test_a_template_goes_with_the_last_post_that_used_it(author):
    assert "posts/templates/lamps.j2" not in cut(author, "second")
    assert "posts/templates/stars.en.j2" in cut(author, "second")
    assert "posts/templates/stars.en.j2" not in cut(author, "third")


def test_where_nothing_is_to_go_everything_stays(author):
    assert without(FILES, ["nobody"], author) == FILES
    assert without(FILES, [], author) == FILES


def test_a_renamed_post_is_known_by_its_former_name(author):
    files = {
        **FILES,
        "posts/day.yaml": FILES["posts/day.yaml"].replace(b"id: second", b"id: later\n  formerly: second"),
    }
    assert "template: lamps" not in cut(author, "second", files=files)["posts/day.yaml"]
    assert "first" in cut(author, "second", files=files)["posts/day.yaml"]


@pytest.mark.parametrize(
    "content",
    [
        "- {id: first, kind: quote, at: D 09:00, channels: all, text: {en: One}}\n- id: [second\n",
        "- {id: first, kind: quote, at: D 09:00, channels: all, text: {en: One}}\n- {id: second, kind: nonsense}\n",
        "[{id: first, kind: quote, at: D, channels: all, text: {en: One}}, {id: second, kind: quote, at: D, text: {}}]\n",
        "-\n  id: second\n  kind: quote\n- {id: first, kind: quote, at: D 10:00, channels: all, text: {en: Two}}\n",
    ],
    ids=["broken", "wrong", "one line", "a dash alone"],
)
def test_a_file_whose_posts_cannot_be_told_apart_goes_whole(author, content):
    assert "posts/day.yaml" not in cut(author, "second", files={**FILES, "posts/day.yaml": content.encode()})


def test_the_files_that_still_have_the_words_are_named(author):
    assert still_named(FILES, ["second", "night"], author) == ["posts/day.yaml", "posts/night.yaml"]
    assert still_named(FILES, ["nobody"], author) == []
