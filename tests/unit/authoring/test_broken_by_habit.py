"""What a tired volunteer reads who opens files as people do: with Word, Notepad, a phone, or in a hurry."""

from collections.abc import Callable

import pytest

from .town import CAMPAIGN, FIGURES, POST, TEXT

#: (what is wrong, file, its text, what `amplify check` says)
BROKEN: list[tuple[str, str, str | bytes, list[str]]] = [
    (
        "typographic quotes around a text with a colon",
        "posts/day.yaml",
        POST + "  text:\n    en: “Come with a lamp”, she said: now\n",
        [
            'posts/day.yaml:6:37: error: your text is cut here: a colon and a space cannot stand in a text without quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "typographic quotes around a key",
        "posts/day.yaml",
        POST + "  “text”: {en: Come.}\n",
        [
            "posts/day.yaml:1:3: error: `text` is missing: there is nothing to say (write `text:` and the words for each language below it, or `template: …`)",
            "posts/day.yaml:5:3: error: `“text”` is not a key that amplify knows here (write `text:` without quotes)",
        ],
    ),
    (
        "a card of a kind that there is not",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  card: quotation\n",
        ["posts/day.yaml:6:9: error: “quotation” is not a kind of card (known here: countdown, event, figure, quote)"],
    ),
    (
        "two cards in one post",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  card: {quote: E09, figure: lamps}\n",
        [
            "posts/day.yaml:6:9: error: a post has one card, and here are 2 (write one line, such as `card: {quote: E09}`)"
        ],
    ),
    (
        "a countdown to a day of its own",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  card: {countdown: 2027-05-21}\n",
        [
            "posts/day.yaml:6:9: error: a countdown counts to the campaign's day and to nothing else (write `card: countdown`)"
        ],
    ),
    (
        "a card in a post that is to be split",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  card: countdown\n  split: true\n",
        [
            "posts/day.yaml:6:3: error: `split` makes several posts of one text, and does not go with `card` (write a `thread:`, with the card in one of its parts)"
        ],
    ),
    (
        "a poll that is only its options",
        "posts/day.yaml",
        POST + "  text: {en: Shall we?}\n  poll: [Yes, No]\n",
        [
            "posts/day.yaml:6:9: error: `name: value` lines belong here (`poll`) (write `poll: {options: {en: [Yes, No]}, lasts: 3d}`)"
        ],
    ),
    (
        "a poll in one language only",
        "posts/day.yaml",
        POST + "  text: {en: Shall we?}\n  poll: {options: {be: [Так, Не]}, lasts: 3d}\n",
        [
            "posts/day.yaml:6:9: error: evening on mastodon-en: the poll has no options in `en` (add a line `en: [Yes, No]` with your words below `options:`)"
        ],
    ),
    (
        "an option of a poll that a comment cuts",
        "posts/day.yaml",
        POST
        + "  text: {en: Where?}\n  poll:\n    lasts: 3d\n    options:\n      en:\n        - Lantern #3\n        - Lantern\n",
        [
            "posts/day.yaml:10:11: error: your text is cut here: the ` #` behind it begins a comment, and nobody would read the rest (write `|` here, and the text on the next line, two spaces further in)"
        ],
    ),
    (
        "a poll with more than the server takes, for too short a time",
        "posts/day.yaml",
        POST + "  text: {en: Where?}\n  poll: {options: {en: [A, B, C, D, E]}, lasts: 1m}\n",
        [
            "posts/day.yaml:6:9: error: evening on mastodon-en: a poll has 2 to 4 options here, and this one has 5; a poll lasts between 5 minutes and 30 days here (change its `options:` or `lasts:`, or give this network a post of its own)"
        ],
    ),
    (
        "a poll in Belarusian",
        "posts/day.yaml",
        POST.replace("mastodon-en", "mastodon-be")
        + "  text: {be: Дзе?}\n  poll: {options: {be: [Тут, Там]}, lasts: 3d}\n",
        [
            "posts/day.yaml:6:9: error: evening on mastodon-be: there are no polls on mastodon-be: who answers one can be seen (ask in words that nobody needs to answer, or leave this language out of the post's `languages`)"
        ],
    ),
    (
        "a poll below the parts of a thread",
        "posts/day.yaml",
        POST
        + "  thread: [{id: a, text: {en: Come.}}, {id: b, text: {en: Go.}}]\n  poll: {options: {en: [Yes, No]}, lasts: 3d}\n",
        [
            "posts/day.yaml:6:3: error: a poll stands below one post of its own, and does not go with `thread` (leave one of them out)"
        ],
    ),
    (
        "a Word file with another name",
        "posts/day.yaml",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00 word/document.xml",
        [
            "posts/day.yaml:1:1: error: this is no plain text: it is a Word or another office file, or a ZIP (copy the words into a file made with a plain text editor, and give that the name)"
        ],
    ),
    (
        "a file saved by TextEdit",
        "posts/day.yaml",
        b"{\\rtf1\\ansi{\\fonttbl\\f0 Helvetica;}\\f0 - id: evening\\par}",
        [
            "posts/day.yaml:1:1: error: this is no plain text: it is formatted (RTF) (in TextEdit choose Format, Make Plain Text, and save)"
        ],
    ),
    (
        "a PDF",
        "posts/day.yaml",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        [
            "posts/day.yaml:1:1: error: this is no plain text: it is a PDF (copy the words into a file made with a plain text editor, and give that the name)"
        ],
    ),
    (
        "a web page saved from a browser",
        "posts/day.yaml",
        "<html><body>- id: evening</body></html>\n",
        [
            "posts/day.yaml:1:1: error: this is no plain text: it is a web page (download the file itself (“Raw”, “Download”))"
        ],
    ),
    (
        "a key without a colon",
        "posts/day.yaml",
        POST.replace("  kind: quote\n", "  kind quote\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:2:3: error: `kind` has no colon (write `kind: quote`)"],
    ),
    (
        "a last line without a colon",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  draft true\n",
        ["posts/day.yaml:6:3: error: `draft` has no colon (write `draft: true`)"],
    ),
    (
        "a colon that sticks to its value",
        "posts/day.yaml",
        POST.replace("  kind: quote\n", "  kind:quote\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:2:3: error: a space is missing behind this colon (write `kind: quote`)"],
    ),
    (
        "a dash that sticks to its word",
        "posts/day.yaml",
        POST.replace("- id: evening\n", "-id: evening\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:1:1: error: a space is missing behind this `-` (write `- ` and then the word)"],
    ),
    (
        "languages too far to the left",
        "posts/day.yaml",
        POST + "  text:\n  en: |\n    Come.\n",
        [
            "posts/day.yaml:5:8: error: there is nothing behind this name (write it here, or on the next line, two spaces further in; `{}` where nothing is to be said)",
            "posts/day.yaml:6:3: error: `en` is not a key that amplify knows here (move it two spaces to the right, below `text:`)",
        ],
    ),
    (
        "a text that stands below its language",
        "posts/day.yaml",
        POST + "  text:\n    en: |\n    Come.\n",
        [
            "posts/day.yaml:7:5: error: this line belongs to the text of line 6, and stands too far to the left (move it 2 spaces to the right)"
        ],
    ),
    (
        "a text whose second line falls out",
        "posts/day.yaml",
        TEXT + "Come.\n  And bring a lamp.\n",
        [
            "posts/day.yaml:8:3: error: this line belongs to the text of line 6, and stands too far to the left (move it 4 spaces to the right)"
        ],
    ),
    (
        "a whole file with git's marks",
        "posts/day.yaml",
        "<<<<<<< HEAD\n- id: evening\n  kind: quote\n  at: D 19:00\n  channels: [mastodon-en]\n  text:\n    en: |\n      Come.\n=======\n- id: evening\n  kind: quote\n  at: D 19:00\n  channels: [mastodon-en]\n  text:\n    en: |\n      Come soon.\n>>>>>>> other\n",
        [
            "posts/day.yaml:1:1: error: two people have changed these lines, and git has left both versions here, between `<<<<<<<` and `>>>>>>>` (keep the lines that are right; delete the others, and the lines `<<<<<<<`, `=======` and `>>>>>>>`)"
        ],
    ),
    (
        "git's marks in a text",
        "posts/day.yaml",
        TEXT + "Come.\n<<<<<<< HEAD\n      Soon.\n=======\n      Now.\n>>>>>>> x\n",
        [
            "posts/day.yaml:8:1: error: two people have changed these lines, and git has left both versions here, between `<<<<<<<` and `>>>>>>>` (keep the lines that are right; delete the others, and the lines `<<<<<<<`, `=======` and `>>>>>>>`)"
        ],
    ),
    (
        "merge conflict in text indented",
        "posts/day.yaml",
        POST + "  text:\n    en: |\n<<<<<<< HEAD\n      Soon.\n=======\n      Now.\n>>>>>>> x\n",
        [
            "posts/day.yaml:7:1: error: two people have changed these lines, and git has left both versions here, between `<<<<<<<` and `>>>>>>>` (keep the lines that are right; delete the others, and the lines `<<<<<<<`, `=======` and `>>>>>>>`)"
        ],
    ),
    (
        "a file from Notepad as Unicode",
        "posts/day.yaml",
        (TEXT + "Come.\n").encode("utf-16"),
        [
            "posts/day.yaml:1:1: error: this file is saved as UTF-16 (Windows says “Unicode”), so its letters cannot be read (in your editor choose “Save as…”, encoding UTF-8)"
        ],
    ),
    (
        "a file in an old Cyrillic encoding",
        "posts/day.yaml",
        (TEXT + "Прыходзьце.\n").encode("cp1251"),
        [
            "posts/day.yaml:7:7: error: this file is not saved as UTF-8, so its letters cannot be read (in your editor choose “Save as…”, encoding UTF-8)"
        ],
    ),
    (
        "a file that was emptied",
        "posts/day.yaml",
        "",
        [
            "posts/day.yaml:1:1: warning: this file is empty (if that is an accident, undo what emptied it; else remove the file)"
        ],
    ),
    (
        "a list of words",
        "posts/day.yaml",
        "- evening\n- morning\n",
        [
            "posts/day.yaml:1:3: error: a post belongs here, and this is a single text (begin it with `- id: …`, and put `kind:`, `at:`, `channels:` and `text:` below `id`, in one column)",
            "posts/day.yaml:2:3: error: a post belongs here, and this is a single text (begin it with `- id: …`, and put `kind:`, `at:`, `channels:` and `text:` below `id`, in one column)",
        ],
    ),
    (
        "a text and nothing else",
        "posts/day.yaml",
        "Come with a lamp tonight.\n",
        [
            "posts/day.yaml:1:1: error: a post belongs here, and this is a single text (begin it with `- id: …`, and put `kind:`, `at:`, `channels:` and `text:` below `id`, in one column)"
        ],
    ),
    (
        "two files in one",
        "posts/day.yaml",
        TEXT
        + "Come.\n---\n- id: b\n  kind: quote\n  at: D 19:00\n  channels: [mastodon-en]\n  text:\n    en: |\n      Come.\n",
        ["posts/day.yaml:8:1: error: a second document begins here (`---`) (remove the line, or use two files)"],
    ),
    (
        "a bomb of references",
        "posts/day.yaml",
        "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n",
        [
            "posts/day.yaml:4:11: error: this file has more than 10 references like `*c` (write the words out, or put them in a template)"
        ],
    ),
    (
        "a block copied and its twin left in",
        "posts/day.yaml",
        TEXT + "Come.\n  text:\n    en: |\n      Come again.\n",
        ["posts/day.yaml:8:3: error: `text` stands here twice; the first is in line 5 (remove one of them)"],
    ),
    (
        "quotes within quotes",
        "posts/day.yaml",
        POST + '  text:\n    en: "Come with "your" lamp"\n',
        [
            'posts/day.yaml:6:21: error: your text is cut here: it goes on after its closing quote (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "an apostrophe within single quotes",
        "posts/day.yaml",
        POST + "  text:\n    en: 'It's time'\n",
        [
            'posts/day.yaml:6:13: error: your text is cut here: it goes on after its closing quote (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with a per cent",
        "posts/day.yaml",
        POST + "  text:\n    en: 100% of us\n    be: %50\n",
        [
            'posts/day.yaml:7:9: error: your text is cut here: it begins with `%` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with @",
        "posts/day.yaml",
        POST + "  text:\n    en: @all come\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with `@` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with a backtick",
        "posts/day.yaml",
        POST + "  text:\n    en: `come`\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with “`” and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with an exclamation mark",
        "posts/day.yaml",
        POST + "  text:\n    en: !Come now\n",
        [
            "posts/day.yaml:6:9: error: your text is cut here: it begins with `!` and has no quotes (write `|` here, and the text on the next line, two spaces further in)"
        ],
    ),
    (
        "a text that begins with an ampersand",
        "posts/day.yaml",
        POST + "  text:\n    en: &Come now\n",
        [
            "posts/day.yaml:6:9: error: your text is cut here: `&Come` is taken for a name, and nobody would read it (write `|` here, and the text on the next line, two spaces further in)"
        ],
    ),
    (
        "a text that begins with a dash",
        "posts/day.yaml",
        POST + "  text:\n    en: - Come\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with `-` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text that begins with a question mark",
        "posts/day.yaml",
        POST + "  text:\n    en: ? Come\n",
        [
            'posts/day.yaml:6:9: error: your text is cut here: it begins with `?` and has no quotes (put the whole text in straight quotes ("…"), or write `|` and the text on the next line, two spaces further in)'
        ],
    ),
    (
        "a text on the line of its bar",
        "posts/day.yaml",
        POST + "  text:\n    en: | Come\n",
        [
            "posts/day.yaml:6:11: error: a text after `|` or `>` begins on the next line (move the words one line down and two spaces in)"
        ],
    ),
    (
        "a colon from another keyboard",
        "posts/day.yaml",
        POST.replace("  kind: quote\n", "  kind： quote\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:2:7: error: this `：` is not a colon to a computer (type `: ` with another keyboard)"],
    ),
    (
        "blanks that are none",
        "posts/day.yaml",
        POST + "\xa0\xa0text: {en: Come.}\n",
        [
            "posts/day.yaml:5:1: error: this line begins with blanks of another kind, such as come along when text is copied (delete them and type spaces)"
        ],
    ),
    (
        "a key with a Cyrillic letter",
        "posts/day.yaml",
        POST + "  tеxt: {en: Come.}\n",
        [
            "posts/day.yaml:1:3: error: `text` is missing: there is nothing to say (write `text:` and the words for each language below it, or `template: …`)",
            "posts/day.yaml:5:3: error: `tеxt` is not a key that amplify knows here (it has letters of two alphabets (Cyrillic and Latin): type it anew with one keyboard)",
        ],
    ),
    (
        "a picture without its words",
        "posts/day.yaml",
        TEXT + "Come.\n  media: lamp.png\n",
        [
            "posts/day.yaml:8:10: error: a list belongs here (`media`) (write `media: [{file: quote.png, alt: {en: …}}]`)"
        ],
    ),
    (
        "channels as a list",
        "config/channels.yaml",
        "- network: mastodon\n  language: en\n",
        [
            "config/channels.yaml:1:1: error: `name:` lines belong into this file, each with its own keys below it (begin with a name and `:`, and put its keys below it, two spaces further in, without `-`)"
        ],
    ),
    (
        "languages without brackets",
        "config/campaign.yaml",
        CAMPAIGN.replace("languages: [en, be]\n", "languages: en, be\n"),
        ["config/campaign.yaml:5:12: error: a list belongs here (`languages`) (write `languages: [en, be]`)"],
    ),
    (
        "hashtags with their sign",
        "config/campaign.yaml",
        CAMPAIGN.replace(
            "hashtags: {core: [LanternNight, LightALamp]}\n", "hashtags: {core: [#LanternNight, LightALamp]}\n"
        ),
        [
            "config/campaign.yaml:6:19: error: your list is cut here: everything from `#LanternNight` on is read as a comment (write `tags:` without `#`; put a text with `#` in quotes)"
        ],
    ),
    (
        "coordinators as a list",
        "config/campaign.yaml",
        CAMPAIGN.replace("coordinators: {editor: {}, reviewer: {}}\n", "coordinators: [editor, reviewer]\n"),
        [
            "config/campaign.yaml:11:15: error: `name: value` lines belong here (`coordinators`) (write `coordinators: {editor: {}, reviewer: {}}`)"
        ],
    ),
    (
        "coordinators without brackets",
        "config/campaign.yaml",
        'name: Lantern Night\nedition: "2027"\ntimezone: Europe/Vienna\nday: 2027-05-21\nlanguages: [en, be]\nhashtags: {core: [LanternNight, LightALamp]}\nlinks:\n  petition:\n    url: "https://lantern.example/petition_2027"\n    label: {en: Sign the petition, be: Падпісаць}\ncoordinators:\n  editor:\n  reviewer:\n',
        [
            "config/campaign.yaml:1:1: warning: going on after a stop takes 2 people (`resume`), and 0 may say so",
            "config/campaign.yaml:12:10: error: there is nothing behind this name (write it here, or on the next line, two spaces further in; `{}` where nothing is to be said)",
            "config/campaign.yaml:13:12: error: there is nothing behind this name (write it here, or on the next line, two spaces further in; `{}` where nothing is to be said)",
            "posts/day.yaml:1:3: warning: post evening needs 1 approval, and 0 may give one",
        ],
    ),
    (
        "a campaign from Notepad as Unicode",
        "config/campaign.yaml",
        CAMPAIGN.encode("utf-16"),
        [
            "config/campaign.yaml:1:1: error: this file is saved as UTF-16 (Windows says “Unicode”), so its letters cannot be read (in your editor choose “Save as…”, encoding UTF-8)"
        ],
    ),
    (
        "quiet hours as a span",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {quiet_hours: 22-7}\n",
        [
            'config/campaign.yaml:12:22: error: `name: value` lines belong here (`quiet_hours`) (write `quiet_hours: {from: "22:00", to: "07:00"}`)'
        ],
    ),
    (
        "a rule one level too high",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {approval: 2}\n",
        [
            "config/campaign.yaml:12:19: error: `name: value` lines belong here (`approval`) (write `approval: {people: 2}`)"
        ],
    ),
    (
        "a source in one line",
        "config/figures.yaml",
        FIGURES.replace("  source: {name: Lamp & Wick}\n", "  source: Lamp & Wick\n"),
        [
            'config/figures.yaml:5:11: error: `name: value` lines belong here (`source`) (write `source: {name: Viasna, url: "https://…"}`)'
        ],
    ),
]


@pytest.mark.parametrize(("file", "text", "told"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_it_says_where_and_what_to_do(checked: Callable[..., list[str]], file: str, text: str | bytes, told: list[str]):
    assert checked({file: text}) == told


@pytest.mark.parametrize(
    "text",
    [
        (TEXT + "Come.\n").encode("utf-8-sig"),
        (TEXT + "Come.\n").replace("\n", "\r\n"),
        (TEXT + "Come.\n").replace("\n", "\r"),
        "# Nothing yet.\n",
        "---\n" + TEXT + "Come.\n",
    ],
    ids=["a byte order mark", "lines from Windows", "lines from an old Mac", "nothing but a comment", "a leading ---"],
)
def test_what_does_no_harm_is_not_complained_of(checked: Callable[..., list[str]], text: str | bytes):
    assert checked({"posts/day.yaml": text}) == []
