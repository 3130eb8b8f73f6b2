"""Pictures as coordinators write them: found, described in every language that goes out, or told why not."""

from amplify.domain.picture import digest_of

LAMP = digest_of(b"a lamp").encode()
GOOD = "A lamp with a round shade on a dark table."
HEAD = """\
- id: lamp
  kind: quote
  at: D 19:00
  channels: [mastodon-en, mastodon-be]
  text: {en: Come., be: Прыходзьце.}
"""


def problems(written):
    return {(p.code, p.channel): (p.place.line, p.message, p.hint) for p in written.problems if p.post == "lamp"}


def test_a_picture_is_known_by_its_digest_and_has_words_in_each_language(read):
    media = f'  media: [{{file: lamp.png, alt: {{en: "{GOOD}", be: "Лямпа з круглым абажурам на стале."}}}}]\n'
    written = read({"posts/day.yaml": HEAD + media, "posts/media/lamp.png": LAMP})
    assert written.media == {"posts/media/lamp.png": digest_of(b"a lamp")}
    (post,) = written.posts
    (one,) = post.parts[0].media
    assert (one.path("en"), one.path("be"), one.alt["en"]) == ("posts/media/lamp.png", "posts/media/lamp.png", GOOD)
    assert not problems(written)


def test_each_language_may_have_a_file_of_its_own(read):
    media = f'  media: [{{file: {{en: e.png, be: cards/b.png}}, alt: {{en: "{GOOD}", be: "{GOOD}"}}}}]\n'
    files = {"posts/media/e.png": LAMP, "posts/media/cards/b.png": LAMP}
    written = read({"posts/day.yaml": HEAD + media, **files})
    (one,) = written.posts[0].parts[0].media
    assert (one.path("en"), one.path("be")) == ("posts/media/e.png", "posts/media/cards/b.png")
    assert not problems(written)


def test_a_missing_alt_text_holds_the_channels_of_that_language_only(read):
    media = f'  media:\n    - file: lamp.png\n      alt: {{en: "{GOOD}"}}\n'
    written = read({"posts/day.yaml": HEAD + media, "posts/media/lamp.png": LAMP})
    ((code, channel), (line, message, hint)) = next(iter(problems(written).items()))
    assert len(problems(written)) == 1
    assert (code, channel, line) == ("missing-alt", "mastodon-be", 8)
    assert message == "the picture has no alt text in `be`: who cannot see it would miss it"
    assert hint
    assert [post.id for post in written.posts] == ["lamp"]


def test_an_alt_text_that_says_nothing_is_refused(read):
    for alt, told in (
        ("lamp.png", "the alt text is the file's name"),
        ("Lamp", "the alt text is the file's name"),
        ("A small lamp.", "the alt text has 13 characters; it takes at least 20 to say what a picture shows"),
        ("a" * 1501, "the alt text is too long: 1501 characters of 1500"),
        (
            "A card that says: {{ figure.lamps.spoken }}",
            "nothing is filled in here, and followers would hear the brackets: write the words out",
        ),
    ):
        media = f'  media: [{{file: lamp.png, alt: {{en: "{alt}", be: "{GOOD}"}}}}]\n'
        written = read({"posts/day.yaml": HEAD + media, "posts/media/lamp.png": LAMP})
        assert [(key, said[1]) for key, said in problems(written).items()] == [(("bad-alt", "mastodon-en"), told)]


def test_a_file_that_is_not_there_is_told_with_the_nearest_name(read):
    media = f'  media: [{{file: lampp.png, alt: {{en: "{GOOD}", be: "{GOOD}"}}}}]\n'
    written = read({"posts/day.yaml": HEAD + media, "posts/media/lamp.png": LAMP})
    told = problems(written)
    assert set(told) == {("picture-missing", "mastodon-en"), ("picture-missing", "mastodon-be")}
    assert told["picture-missing", "mastodon-en"][1:] == (
        "there is no posts/media/lampp.png",
        "did you mean `lamp.png`?",
    )


def test_a_draft_language_needs_no_words_yet(read):
    media = f'  drafts: [be]\n  media: [{{file: lamp.png, alt: {{en: "{GOOD}"}}}}]\n'
    written = read({"posts/day.yaml": HEAD + media, "posts/media/lamp.png": LAMP})
    assert not problems(written)


def test_parts_of_a_thread_have_their_own_pictures(read):
    thread = f"""\
- id: lamp
  kind: thread
  at: D 19:00
  channels: [mastodon-en]
  thread:
    - {{id: one, text: {{en: First.}}}}
    - {{id: two, text: {{en: Second.}}, media: [{{file: lamp.png, alt: {{en: "{GOOD}"}}}}]}}
"""
    written = read({"posts/day.yaml": thread, "posts/media/lamp.png": LAMP})
    assert [len(part.media) for part in written.posts[0].parts] == [0, 1]
    above = thread + f'  media: [{{file: lamp.png, alt: {{en: "{GOOD}"}}}}]\n'
    assert ("contradiction", None) in problems(read({"posts/day.yaml": above, "posts/media/lamp.png": LAMP}))


def test_several_pictures_keep_their_order_and_each_has_its_words_and_its_point(read):
    entries = (
        f'    - {{file: one.png, alt: {{en: "{GOOD}", be: "{GOOD}"}}, focus: [0.4, -.25]}}\n'
        f'    - {{file: two.png, alt: {{en: "{GOOD}", be: "{GOOD}"}}, focus: [−1, "1.0"]}}\n'
        f'    - {{file: lamp.png, alt: {{en: "{GOOD}"}}}}\n'
    )
    files = {f"posts/media/{name}.png": LAMP for name in ("one", "two", "lamp")}
    written = read({"posts/day.yaml": HEAD + "  media:\n" + entries, **files})
    (post,) = written.posts
    assert [(one.path("en"), one.focus) for one in post.parts[0].media] == [
        ("posts/media/one.png", (0.4, -0.25)),
        ("posts/media/two.png", (-1.0, 1.0)),
        ("posts/media/lamp.png", None),
    ]
    assert [(key, line) for key, (line, _, _) in problems(written).items()] == [(("missing-alt", "mastodon-be"), 9)]
