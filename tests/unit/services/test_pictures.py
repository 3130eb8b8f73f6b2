"""What `check`, `plan` and `apply` make of a picture: looked at once, held where it cannot be shown, approved as it is."""

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image

from amplify.domain.delivery import State
from amplify.domain.picture import PictureLimits, Shown, digest_of
from amplify.imaging.cards.press import ResvgCardPress
from amplify.imaging.darkroom import PillowDarkroom
from amplify.ports.author import UnusableText
from amplify.services.apply import apply
from amplify.services.check import check
from amplify.services.pictures import Pictures
from amplify.services.survey import survey
from amplify.testing.pictures import sample

ALT = "A round lamp shines in a dark room."
POST = f"""\
- id: lamp
  kind: statement
  at: D 19:00
  channels: all
  text: {{en: A light for everyone.}}
  media: [{{file: lamp.jpg, alt: {{en: "{ALT}"}}}}]
"""
LIMITS = PictureLimits(most=1, bytes=2_000_000)


@pytest.fixture
def with_picture(written, tmp_path):
    def write(picture, posts=POST):
        folder = tmp_path / "posts" / "media"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lamp.jpg").write_bytes(picture)
        return written(posts)

    return write


def with_a_place():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)}
    with BytesIO() as file:
        Image.new("RGB", (40, 30)).save(file, "JPEG", exif=exif)
        return file.getvalue()


def errors(app):
    return {(p.code, p.channel): p for p in check(app.written, app.workshop, None, {}) if p.is_error}


def renditions(app):
    return {one.intent.wanted.channel.name: one.intent.rendition for one in survey(app.written, app.workshop, {})}


def test_a_picture_is_part_of_what_people_say_yes_to(with_picture):
    app = with_picture(sample())
    assert not errors(app)
    before = renditions(app)
    shown = Shown(path="posts/media/lamp.jpg", digest=digest_of(sample()), alt=ALT)
    assert {rendition.pictures for rendition in before.values()} == {(shown,)}
    assert before["telegram-en"].layout.limit == 1024
    other_picture = renditions(with_picture(sample(width=320)))
    other_words = renditions(with_picture(sample(), POST.replace("round", "small")))
    digests = {each["mastodon-en"].digest for each in (before, other_picture, other_words)}
    assert len(digests) == 3


def test_a_revision_keeps_the_digest_and_never_the_picture(with_picture):
    app = with_picture(sample())
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert app.ledger.revision().files["posts/media/lamp.jpg"] == digest_of(sample()).encode()
    assert {row.state for row in app.ledger.deliveries()} == {State.PLANNED}
    again = with_picture(sample(width=320))
    made = apply(again.folder.files(), again.workshop, again.ledger, by="one")
    assert {change.action for change in made.plan.steps} == {"reword"}


def test_a_picture_that_tells_where_it_was_taken_is_refused_before_anything_is_planned(with_picture):
    app = with_picture(with_a_place())
    told = errors(app)
    assert set(told) == {("picture-gps", None)}  # once, for both channels
    problem = told["picture-gps", None]
    assert "on mastodon-en, telegram-en:" in problem.message
    assert (problem.place.file, problem.place.line) == ("posts/day.yaml", 6)
    assert "posts/media/lamp.jpg tells the place where it was taken (GPS)" in problem.message
    assert problem.hint.startswith("remove the place")
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert {row.state for row in app.ledger.deliveries()} == {State.HELD}


def test_a_text_that_calls_itself_a_picture_is_refused(with_picture):
    assert {code for code, _ in errors(with_picture(b"Dear editor, the picture follows."))} == {"not-a-picture"}


def test_a_shape_that_one_network_does_not_take_holds_that_network_only(with_picture):
    assert set(errors(with_picture(sample(2100, 100)))) == {("picture-shape", "telegram-en")}


@dataclass
class CountingDarkroom:
    """Pillow's, and a note of how often it was asked."""

    asked: Counter = field(default_factory=Counter)

    def examine(self, data):
        self.asked["examine"] += 1
        return PillowDarkroom().examine(data)

    def develop(self, data, limits):
        self.asked["develop"] += 1
        return PillowDarkroom().develop(data, limits)


def test_nothing_heavy_is_done_twice(with_picture):
    app, darkroom = with_picture(sample()), CountingDarkroom()
    pictures = Pictures(folder=app.folder, darkroom=darkroom, cards=ResvgCardPress())
    (shown,) = renditions(app)["mastodon-en"].pictures
    for _ in range(3):
        pictures.look_at([shown], LIMITS)
        pictures.developed([shown], LIMITS)
    assert darkroom.asked == {"examine": 1, "develop": 1}


def test_the_bytes_must_still_be_those_that_were_applied(with_picture, tmp_path):
    app = with_picture(sample())
    (shown,) = renditions(app)["mastodon-en"].pictures
    pictures = Pictures(folder=app.folder, darkroom=PillowDarkroom(), cards=ResvgCardPress())
    pictures.developed([shown], LIMITS)
    (tmp_path / shown.path).write_bytes(sample(width=320))
    with pytest.raises(UnusableText, match="was changed since it was applied"):
        pictures.developed([shown], LIMITS)
    (tmp_path / shown.path).unlink()
    with pytest.raises(UnusableText, match="cannot be read"):
        pictures.developed([shown], LIMITS)


def test_only_what_lies_under_media_can_be_had(with_picture):
    app = with_picture(sample())
    for path in ("config/channels.yaml", "posts/media/../../config/channels.yaml", "posts/day.yaml"):
        with pytest.raises(OSError, match="not under posts/media"):
            app.folder.picture(path)
