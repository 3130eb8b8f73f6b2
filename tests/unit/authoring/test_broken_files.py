"""What a tired volunteer reads when posts are broken: every message with its line, column and hint."""

from collections.abc import Callable

import pytest

from amplify.domain.written import Written

POST = """\
- id: evening
  kind: quote
  at: D 19:00
  channels: [mastodon-en]
"""

#: (what is wrong, file, its text, what `amplify check` says of that file)
BROKEN: list[tuple[str, str, str | bytes, list[str]]] = [
    (
        "a comment that cuts a text",
        "posts/day.yaml",
        POST + "  text:\n    en: Free them all #LanternNight\n",
        [
            "posts/day.yaml:6:9: error: your text is cut here: the ` #` behind it begins a comment, and nobody would read the rest (write `|` here, and the text on the next line, two spaces further in)"
        ],
    ),
    (
        "two curly brackets without quotes",
        "posts/day.yaml",
        POST + "  text:\n    en: {{ excerpt.E1 }}\n",
        [
            "posts/day.yaml:6:9: error: your text is cut here: it begins with `{{` and has no quotes (write `|` here, and the text on the next line, two spaces further in)"
        ],
    ),
    (
        "two curly brackets that the parser cannot read",
        "posts/day.yaml",
        POST + "  text:\n    en: {{ excerpt.E1 }} and more\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: `{{` needs quotes around the whole text (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a colon in a text without quotes",
        "posts/day.yaml",
        POST + "  text:\n    en: Tonight: come all\n",
        [
            'posts/day.yaml:6:16: error: your text is cut here: a colon and a space cannot stand in a text without quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a comma in a text between brackets",
        "posts/day.yaml",
        POST + "  text: {en: Come all, now}\n",
        [
            "posts/day.yaml:5:27: error: there is nothing here: a name without a value, or a comma inside an unquoted text (write the value, or remove the name; a text with commas needs quotes or `|`)"
        ],
    ),
    (
        "a language without words",
        "posts/day.yaml",
        POST + "  text:\n    en:\n",
        [
            "posts/day.yaml:6:8: error: there is nothing behind this name (write it here, or on the next line, two spaces further in; `{}` where nothing is to be said)"
        ],
    ),
    (
        "hashtags as comments in a list",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  tags: [core, #LightALamp]\n",
        [
            "posts/day.yaml:6:16: error: your list is cut here: everything from `#LightALamp` on is read as a comment (write `tags:` without `#`; put a text with `#` in quotes)"
        ],
    ),
    (
        "one hashtag as a comment",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  tags:\n    - #LightALamp\n",
        [
            "posts/day.yaml:7:6: error: your text is cut here: everything from `#LightALamp` on is read as a comment, and nothing is left (put it in quotes; hashtags in `tags:` are written without `#`)"
        ],
    ),
    (
        "a text that begins with stars",
        "posts/day.yaml",
        POST + "  text:\n    en: **Come** with a lamp\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with `*` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with a link",
        "posts/day.yaml",
        POST + "  text:\n    en: [Sign](petition) tonight\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with `[` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a quote that is never closed",
        "posts/day.yaml",
        POST + '  text:\n    en: "Come with a lamp\n',
        ["posts/day.yaml:6:9: error: the quote that opens here is never closed (add the closing quote)"],
    ),
    (
        "a tab",
        "posts/day.yaml",
        POST + "\ttext: {en: Come.}\n",
        ["posts/day.yaml:5:1: error: there is a tab here; only spaces may stand in this file (type spaces instead)"],
    ),
    (
        "a file that is not UTF-8",
        "posts/day.yaml",
        (POST + "  text: {en: Café}\n").encode("latin-1"),
        [
            "posts/day.yaml:5:17: error: this file is not saved as UTF-8, so its letters cannot be read (in your editor choose “Save as…”, encoding UTF-8)"
        ],
    ),
    (
        "lines out of column",
        "posts/day.yaml",
        POST + " text: {en: Come.}\n",
        [
            "posts/day.yaml:5:2: error: this line is not in one column with the lines that it belongs to (move it left or right until it stands below them)"
        ],
    ),
    (
        "one text for all languages",
        "posts/day.yaml",
        POST + "  text: Come with a lamp\n",
        [
            "posts/day.yaml:5:9: error: a text for each language belongs here, and this is a single text (write `en:` and the text below it, and so on for each language)"
        ],
    ),
    (
        "a language that the campaign has not",
        "posts/day.yaml",
        POST + "  text: {en: Come., bee: Прыходзьце.}\n",
        ["posts/day.yaml:5:21: error: `bee` is not one of the campaign's languages (did you mean `be`?)"],
    ),
    (
        "a key twice",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  at: D 20:00\n",
        ["posts/day.yaml:6:3: error: `at` stands here twice; the first is in line 3 (remove one of them)"],
    ),
    (
        "a key misspelt",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  chanels: all\n",
        ["posts/day.yaml:6:3: error: `chanels` is not a key that amplify knows here (did you mean `channels`?)"],
    ),
    (
        "three mistakes at once",
        "posts/day.yaml",
        "- id: evening\n  kind: qoute\n  at: D 25:00\n  channels: [mastodon-em]\n  text: {en: Come.}\n",
        [
            "posts/day.yaml:2:9: error: “qoute” is not a value of `kind` (did you mean `quote`?)",
            "posts/day.yaml:3:7: error: there is no 25:00 (hours go from 00:00 to 23:59, and midnight is 00:00 of the next day)",
            "posts/day.yaml:4:14: error: “mastodon-em” is neither a channel nor a network (did you mean `mastodon-en`?)",
        ],
    ),
    (
        "a time that is none",
        "posts/day.yaml",
        "- id: evening\n  kind: quote\n  at: tomorrow\n  channels: all\n  drafts: [be]\n  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “tomorrow” is not a time (write `D-7 09:00` or `2027-05-21 09:00`)"],
    ),
    (
        "nothing but a kind",
        "posts/day.yaml",
        "- kind: quote\n",
        [
            "posts/day.yaml:1:3: error: `at` is missing: nobody knows when (write `at: D-7 09:00`, or `each` or `repeat`)",
            "posts/day.yaml:1:3: error: `channels` is missing (write `channels: all`, or a list of networks or channels)",
            "posts/day.yaml:1:3: error: `id` is missing (give it a name of its own that never changes, `id: day-quote`)",
            "posts/day.yaml:1:3: error: `text` is missing: there is nothing to say (write `text:` and the words for each language below it, or `template: …`)",
        ],
    ),
    (
        "a hashtag that is not the campaign's",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  tags: [cor]\n",
        [
            "posts/day.yaml:6:10: error: “cor” is neither a hashtag nor a set of hashtags in config/campaign.yaml (did you mean `core`?)"
        ],
    ),
    (
        "a link that nobody knows",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  link: petitoin\n",
        [
            "posts/day.yaml:6:9: error: “petitoin” is not a link of config/campaign.yaml, or is wrong there (did you mean `petition`?)"
        ],
    ),
    (
        "an urgent quote",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  urgent: true\n",
        [
            "posts/day.yaml:6:11: error: a post of kind quote cannot be urgent (only correction, safety, statement can; remove `urgent`)"
        ],
    ),
    (
        "a picture that is not there, without words",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  media: [{file: lamp.png}]\n",
        [
            "posts/day.yaml:6:11: error: `alt` is missing (write `alt:` and for each language what the picture shows)",
        ],
    ),
    (
        "a picture outside the folder",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  media: [{file: ../lamp.png, alt: {en: A lamp on a table.}}]\n",
        [
            "posts/day.yaml:6:18: error: “../lamp.png” is not the name of a file in posts/media/ (write its name as it is in posts/media/, such as `quote.png`)",
        ],
    ),
    (
        "a point outside the picture",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  media: [{file: a.png, alt: {en: A lamp on a dark table.}, focus: [0.5, 40%]}]\n",
        [
            "posts/day.yaml:6:74: error: “40%” is not a number from -1.0 to 1.0 (write how far right and up from the centre it is, from -1.0 to 1.0: `focus: [0.4, -0.2]`)",
        ],
    ),
    (
        "half a point",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  media: [{file: a.png, alt: {en: A lamp on a dark table.}, focus: [0.5]}]\n",
        [
            "posts/day.yaml:6:68: error: a point takes two numbers, and here are 1 (write how far right, then how far up it is: `focus: [0.4, -0.2]`)",
        ],
    ),
    (
        "a network's key that it does not know",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  on: {telegram: {loud: true}, mastodon: {visibility: hidden}}\n",
        [
            "posts/day.yaml:6:19: error: telegram does not know `loud` (known here: as, button, joined, silent, text)",
            "posts/day.yaml:6:55: error: “hidden” is not a value of `visibility` (write one of public, unlisted, private)",
        ],
    ),
    (
        "a list where one value belongs, and one that has a table in it",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  on: {telegram: {silent: [true, false], button: [list, [map]]}}\n",
        [
            "posts/day.yaml:6:27: error: `silent` needs a single text (write one value, without brackets)",
            "posts/day.yaml:6:50: error: `button` needs a single text (write one value, without brackets)",
        ],
    ),
    (
        "one message of what is no thread",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  on: {telegram: {joined: true}}\n",
        [
            "posts/day.yaml:6:19: error: `joined` makes one message of a thread, and this post is none (remove `joined`)",
        ],
    ),
    (
        "one message of a part",
        "posts/day.yaml",
        POST.replace("quote", "thread")
        + "  thread:\n    - {id: one, text: {en: Come.}}\n    - {id: two, text: {en: Stay.}, on: {telegram: {joined: true}}}\n",
        [
            "posts/day.yaml:7:52: error: `joined` is about the whole thread, not about one part (write it below the `on:` of the post)",
        ],
    ),
    (
        "an edit of nothing, and of what no edit changes",
        "posts/day.yaml",
        POST.replace("quote", "statement")
        + "  text: {en: Come.}\n"
        + "- {id: fix, kind: correction, corrects: evening, at: D 20:00, channels: [mastodon-en], text: {en: Stay.},\n"
        + "   on: {telegram: {as: edit, silent: true}}}\n"
        + "- {id: third, kind: correction, corrects: evening, at: D 20:00, channels: [mastodon-en], text: {en: Go.},\n"
        + "   on: {telegram: {as: edits}}}\n"
        + "- {id: other, kind: statement, at: D 20:00, channels: [mastodon-en], text: {en: Go.},\n"
        + "   on: {telegram: {as: edit}}}\n",
        [
            "posts/day.yaml:7:30: error: `silent` is settled when a post is published, and an edit cannot change it (remove `silent`, or `as: edit`)",
            "posts/day.yaml:9:24: error: “edits” is not a value of `as` (write one of reply, edit)",
            "posts/day.yaml:11:20: error: `as` says how a correction is made, and this post corrects nothing (remove `as`, or write `corrects: …`)",
        ],
    ),
    (
        "a channel without words in its language",
        "posts/day.yaml",
        "id: evening\nkind: quote\nat: D 19:00\nchannels: mastodon\ntext: {en: Come.}\n",
        [
            "posts/day.yaml:5:1: error: `be` is missing here, and the post goes to channels in that language (write it, or say `drafts: [be]` to keep this language back)"
        ],
    ),
    (
        "weekdays as numbers",
        "posts/day.yaml",
        "id: weekly\nkind: quote\nrepeat: {cron: 0 9 * * 1, from: 2027-04-01, until: 2027-06-30}\nchannels: telegram\ntext: {en: Come.}\n",
        [
            "posts/day.yaml:3:16: error: `cron` must name its weekdays (write mon, tue, wed, thu, fri, sat or sun: numbers mean different days in different programs)"
        ],
    ),
    (
        "a template that is not there",
        "posts/day.yaml",
        "id: count\nkind: countdown\nat: [D-7 09:00, d–7 9:00]\nchannels: telegram\ntemplate: cuontdown\n",
        [
            "posts/day.yaml:3:17: error: D-7 09:00 stands in this list twice (remove one of them)",
            "posts/day.yaml:5:11: error: there is no posts/templates/cuontdown.j2 (write that file, or `text:` here)",
        ],
    ),
]


@pytest.mark.parametrize(("file", "text", "told"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_file_says_where_and_what_to_do(
    read: Callable[..., Written], file: str, text: str | bytes, told: list[str]
):
    problems = read({file: text}).problems
    assert [str(problem) for problem in problems if problem.place.file == file] == told


def test_the_campaign_of_these_tests_is_right(read: Callable[..., Written]):
    assert read().problems == ()
