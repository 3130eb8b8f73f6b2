"""What leaves for Bluesky, judged by Bluesky's own library: as long, marked in the same places, cut at the same bytes."""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from oracles.corpus import texts
from oracles.printing import Printed, printed

HERE = Path(__file__).parent

#: Texts in which Bluesky's app would mark another stretch than our record does, and why.
KNOWN_DIFFERENCES = {
    "#Belarus🇧🇾": "the app takes a sign right behind a hashtag for a part of it; we mark what config/campaign.yaml lists",
    "#a🇧🇾b": "the same",
    "#a-b": "the app takes what is tied on by a hyphen for a part of the hashtag; we mark what is listed",
    "#a'b": "the same, with an apostrophe",
    "#a’b": "the same",
    "#don't": "the same",
    "#spring96.org": "the same, with a full stop",
    "$usd": "the app makes a hashtag of a sign of shares; no campaign has those",
}
#: Why the app would lead somewhere else.
ENDS = "the app takes a bracket, a quotation mark or dots behind an address for a part of it; that address would lead nowhere"
LETTERS = "the app knows addresses in small Latin letters only, and names without a hyphen; followers can go to the others too"
BEGINS = "the app finds an address only behind a space or a bracket"
BULLETIN = "via Statements & BelarusContextBulletin (belarus-diaspora.at)"
#: Texts in which Bluesky's app would lead somewhere else, and why.
KNOWN_LINKS = {
    **dict.fromkeys(("(https://a.org/a_(b))", "https://a.org/x]", "https://a.org/x'", "https://a.org/“x”"), ENDS),
    **dict.fromkeys(("https://a.org/«x»", "https://a.org/…", "a.org..", "a.org...x", "spring96.org🙂"), ENDS),
    **dict.fromkeys(("HTTPS://SPRING96.ORG", "SPRING96.ORG", "İSTANBUL.ORG", "ПРИМЕР.РФ"), LETTERS),
    **dict.fromkeys(("пример.рф", "прыклад.бел", "中文.中国", "xn--e1afmkfd.xn--p1ai"), LETTERS),
    **dict.fromkeys(("belarus-diaspora.at", BULLETIN), LETTERS),
    **dict.fromkeys(("<https://a.org>", "see:spring96.org"), BEGINS),
}


@pytest.fixture(scope="session")
def judged(richtext):
    """What the judge says of each of our records, and of each text as it was set in type."""
    node, place = richtext

    @cache
    def ask() -> list[tuple[Printed, dict, dict]]:
        posts = printed("bluesky")
        asked = [{"text": p.layout.text, "facets": p.request["record"].get("facets", [])} for p in posts]
        asked += [{"text": p.body.text} for p in posts]
        said = _said(node, place, asked)
        return list(zip(posts, said[: len(posts)], said[len(posts) :], strict=True))

    return ask


def _said(node, place, asked):
    command = [node, HERE / "richtext.mjs", place]
    done = subprocess.run(command, check=True, capture_output=True, input=json.dumps(asked).encode())
    return json.loads(done.stdout)


def test_more_than_five_hundred_texts_are_judged(judged):
    assert len(judged()) > 500


def test_every_record_is_as_long_as_we_say(judged):
    for post, said, _ in judged():
        assert said["text"] == post.layout.text
        assert said["graphemes"] == post.layout.length, post.written
        assert said["bytes"] == len(post.layout.text.encode()), post.written


def test_every_text_whatsoever_is_counted_alike(richtext):
    from amplify.publishers.measure import graphemes, utf8

    node, place = richtext
    every = texts()
    said = _said(node, place, [{"text": text} for text in every])
    assert [(one["graphemes"], one["bytes"]) for one in said] == [(graphemes(text), utf8(text)) for text in every]


def test_every_facet_covers_the_words_that_it_is_for(judged):
    """The library drops a facet that overlaps another or lies outside, and cuts the text at the others."""
    for post, said, _ in judged():
        marked = [(words, values) for words, values in said["pieces"] if values]
        assert marked == [(_words(post, e), [e.value]) for e in post.layout.entities], post.written


def test_a_hashtag_is_marked_where_the_app_would_mark_it(judged):
    differing = [post.written for post, said, _ in judged() if _found(said, "tag") != post.said("tag")]
    assert sorted(differing) == sorted(KNOWN_DIFFERENCES), (
        "known differences that are none, or others that are not known"
    )
    assert len(KNOWN_DIFFERENCES) <= 0.02 * len(judged())


def test_an_address_leads_where_the_app_would_lead(judged):
    """Where an address is written out, with `https://` or without."""
    differing = [post.written for post, _, said in judged() if _addresses(post.body) != _found_addresses(said)]
    assert sorted(differing) == sorted(KNOWN_LINKS), "known differences that are none, or others that are not known"
    assert len(KNOWN_DIFFERENCES.keys() | KNOWN_LINKS.keys()) <= 0.02 * len(judged())


def _addresses(body):
    written = ((body.text[span.start : span.end], span.value) for span in body.spans if span.kind == "link")
    return [url for words, url in written if words in (url, url.removeprefix("https://"))]


def _found_addresses(said):
    return [value for kind, _, _, value in said["found"] if kind == "link"]


def _found(said, kind):
    return [tuple(one) for one in said["found"] if one[0] == kind]


def _words(post, entity):
    return post.layout.text.encode()[entity.start : entity.end].decode()
