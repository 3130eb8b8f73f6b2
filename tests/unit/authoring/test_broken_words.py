"""What a tired volunteer reads who writes times, tags, texts and numbers in another way, all of `amplify check` told."""

from collections.abc import Callable

import pytest

from .town import CAMPAIGN, FIGURES, POST, TEXT

#: (what is wrong, file, its text, what `amplify check` says)
BROKEN: list[tuple[str, str, str | bytes, list[str]]] = [
    (
        "a thread that is to be cut as well",
        "posts/day.yaml",
        POST + "  split: true\n  thread: [{id: one, text: {en: Come.}}]\n",
        [
            "posts/day.yaml:5:3: error: `split` cuts a `text`, and does not go with `thread` (remove `split`)",
        ],
    ),
    (
        "typographic quotes around a time",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: “D 19:00”\n") + "  text: {en: Come.}\n",
        [
            "posts/day.yaml:3:7: error: ““D 19:00”” is not a time (write `D 19:00`: in front of times there are no quotes)"
        ],
    ),
    (
        "a time with a point",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D-7 9.00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “D-7 9.00” is not a time (write `D-7 09:00`)"],
    ),
    (
        "a day without an hour",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D-7\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “D-7” is not a time (say the hour too: `D-7 09:00`)"],
    ),
    (
        "an hour without a day",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: 19:00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “19:00” is not a time (say the day too: `D 19:00`, or `2027-05-21 19:00`)"],
    ),
    (
        "an hour as Americans write it",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D 9 pm\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “D 9 pm” is not a time (write `D 21:00`)"],
    ),
    (
        "half past twenty-four",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D 24:30\n") + "  text: {en: Come.}\n",
        [
            "posts/day.yaml:3:7: error: there is no 24:30 (hours go from 00:00 to 23:59, and midnight is 00:00 of the next day)"
        ],
    ),
    (
        "midnight as twenty-four",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D 24:00\n") + "  text: {en: Come.}\n",
        [
            "posts/day.yaml:3:7: error: there is no 24:00 (hours go from 00:00 to 23:59, and midnight is 00:00 of the next day)"
        ],
    ),
    (
        "the thirty-first of June",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: 2027-06-31 09:00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: there is no day 2027-06-31 (look at a calendar)"],
    ),
    (
        "a date in German order",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: 21.05.2027 19:00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “21.05.2027 19:00” is not a time (write `2027-05-21 19:00`)"],
    ),
    (
        "a date in American order",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: 05/21/2027 19:00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “05/21/2027 19:00” is not a time (write `2027-05-21 19:00`)"],
    ),
    (
        "a date in words",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: 21 May 2027 19:00\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “21 May 2027 19:00” is not a time (write `2027-05-21 19:00`)"],
    ),
    (
        "a town that is no zone",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D 19:00 [Minsk]\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: no time zone is called “Minsk” (did you mean `Europe/Minsk`?)"],
    ),
    (
        "a zone by its letters",
        "posts/day.yaml",
        POST.replace("  at: D 19:00\n", "  at: D 19:00 CET\n") + "  text: {en: Come.}\n",
        ["posts/day.yaml:3:7: error: “D 19:00 CET” is not a time (name a place: `D 19:00 [Europe/Vienna]`)"],
    ),
    (
        "a copied post with the same id",
        "posts/day.yaml",
        TEXT
        + "Come.\n- id: evening\n  kind: quote\n  at: D 19:00\n  channels: [mastodon-en]\n  text:\n    en: |\n      Come again.\n",
        [
            "posts/day.yaml:8:3: error: another post is called `evening` already (posts/day.yaml, line 1), so both are held (give one of them another id; a copy needs its own)"
        ],
    ),
    (
        "a language forgotten",
        "posts/day.yaml",
        POST.replace("  channels: [mastodon-en]\n", "  channels: mastodon\n") + "  text: {en: Come.}\n",
        [
            "posts/day.yaml:5:3: error: `be` is missing here, and the post goes to channels in that language (write it, or say `drafts: [be]` to keep this language back)"
        ],
    ),
    (
        "an emoji that sticks to a hashtag",
        "posts/day.yaml",
        TEXT + "Come ❗️#LightALamp\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the hashtag #LightALamp sticks to the sign before it, and some networks would not link it (put a space before the `#`)"
        ],
    ),
    (
        "a hashtag in brackets",
        "posts/day.yaml",
        TEXT + "Come (#LightALamp)\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the hashtag #LightALamp sticks to the sign before it, and some networks would not link it (put a space before the `#`)"
        ],
    ),
    (
        "a hashtag that sticks to a word",
        "posts/day.yaml",
        TEXT + "Come#LightALamp\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the hashtag #LightALamp sticks to the word before it, and no network would link it (put a space before the `#`)"
        ],
    ),
    (
        "a hashtag in the words of a link",
        "posts/day.yaml",
        TEXT + "[Come #LightALamp](https://example.org)\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: #LightALamp stands in the words of a link, and cannot lead to two places (write it outside of the square brackets)"
        ],
    ),
    (
        "an address with a door that no house has",
        "posts/day.yaml",
        TEXT + "Come to https://example.org:99999/page\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: “https://example.org:99999/page” is not a web address (write all of it: https://…)"
        ],
    ),
    (
        "a hashtag with spaces",
        "posts/day.yaml",
        POST + "  text: {en: Come.}\n  tags: [Light A Lamp]\n",
        [
            "posts/day.yaml:6:10: error: “Light A Lamp” is neither a hashtag nor a set of hashtags in config/campaign.yaml (did you mean `LightALamp`?)"
        ],
    ),
    (
        "a hashtag with its sign",
        "posts/day.yaml",
        POST + '  text: {en: Come.}\n  tags: ["#LightALamp"]\n',
        [
            "posts/day.yaml:6:10: error: “#LightALamp” is neither a hashtag nor a set of hashtags in config/campaign.yaml (did you mean `LightALamp`?)"
        ],
    ),
    (
        "a misspelt hashtag in a text",
        "posts/day.yaml",
        TEXT + "Come #LihtALamp\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the hashtag #LihtALamp is not in config/campaign.yaml (did you mean `LightALamp`?)"
        ],
    ),
    (
        "a link to a name that nobody knows",
        "posts/day.yaml",
        TEXT + "[Sign](petitoin)\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: “petitoin” is neither a web address nor a link of config/campaign.yaml (did you mean `petition`?)"
        ],
    ),
    (
        "a link that is not encrypted",
        "posts/day.yaml",
        TEXT + "See http://lantern.example/x\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: “http://lantern.example/x” is not encrypted (write https:// instead of http://)"
        ],
    ),
    (
        "two brackets that are never closed",
        "posts/day.yaml",
        TEXT + "Lamps: {{ figure.lamps.line\n      and more\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the `{{` that opens here is never closed (write `}}` where it ends)"
        ],
    ),
    (
        "two brackets closed by one",
        "posts/day.yaml",
        TEXT + "Lamps: {{ figure.lamps.line }\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: the `{{` that opens here is never closed (write `}}` where it ends)"
        ],
    ),
    (
        "one bracket on each side",
        "posts/day.yaml",
        TEXT + "Lamps: { figure.lamps.line }\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: “{ figure.lamps.line }” has one bracket on each side, so followers would read it as it stands here (write two: `{{ figure.lamps.line }}`)"
        ],
    ),
    (
        "a misspelt figure",
        "posts/day.yaml",
        TEXT + "{{ figure.lmaps.line }}\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: there is no figure `lmaps`, or it is wrong where it is written (did you mean `lamps`?)"
        ],
    ),
    (
        "a misspelt part of a figure",
        "posts/day.yaml",
        TEXT + "{{ figure.lamps.lines }}\n",
        ["posts/day.yaml:7:7: error: evening on mastodon-en: there is no `.lines` (did you mean `line`?)"],
    ),
    (
        "a misspelt kind of thing",
        "posts/day.yaml",
        TEXT + "{{ figures.lamps.line }}\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: nothing is called `figures` here (did you mean `figure`?)"
        ],
    ),
    (
        "a number typed into a text",
        "posts/day.yaml",
        TEXT + "Already 1496 lamps are lit.\n",
        [
            "posts/day.yaml:7:7: warning: “1496” is typed here (en): it goes out without its date, and stays when the figure changes (write `{{ figure.lamps.number }}`)"
        ],
    ),
    (
        "an excerpt that is not there",
        "posts/day.yaml",
        TEXT + "{{ excerpt.E1 }}\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: there is no excerpt `E1`, or it is wrong where it is written (write it in config/excerpts.yaml)"
        ],
    ),
    (
        "a condition without an end",
        "posts/day.yaml",
        TEXT + "{% if days_left %}Soon.\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: a `{% if … %}` is never closed (write `{% endif %}` where it ends)"
        ],
    ),
    (
        "an id in capitals",
        "posts/day.yaml",
        POST.replace("- id: evening\n", "- id: Evening Post\n") + "  text:\n    en: |\n      Come.\n",
        [
            "posts/day.yaml:1:7: error: “Evening Post” is not an id (lower case letters, digits and `-` only, such as `evening-post`)"
        ],
    ),
    (
        "an id with an accent",
        "posts/day.yaml",
        POST.replace("- id: evening\n", "- id: día\n") + "  text:\n    en: |\n      Come.\n",
        ["posts/day.yaml:1:7: error: “día” is not an id (lower case letters, digits and `-` only, such as `dia`)"],
    ),
    (
        "channels with a comma",
        "posts/day.yaml",
        POST.replace("  channels: [mastodon-en]\n", "  channels: mastodon-en, telegram-en\n")
        + "  text:\n    en: |\n      Come.\n",
        [
            "posts/day.yaml:4:13: error: “mastodon-en, telegram-en” is neither a channel nor a network (write a list: `[mastodon-en, telegram-en]`)"
        ],
    ),
    (
        "a network that amplify does not know",
        "posts/day.yaml",
        POST.replace("  channels: [mastodon-en]\n", "  channels: [twitter]\n") + "  text:\n    en: |\n      Come.\n",
        [
            "posts/day.yaml:4:14: error: “twitter” is neither a channel nor a network (known here: all, apprise, bluesky, mastodon, mastodon-be, mastodon-en, telegram, telegram-en)"
        ],
    ),
    (
        "a text that is too long",
        "posts/day.yaml",
        TEXT
        + "Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. Bring a lamp. \n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: 199 characters too long for Mastodon: 699 of 500 (shorten the text, or give this network its own under `on:`)"
        ],
    ),
    (
        "a yes in German",
        "posts/day.yaml",
        TEXT + "Come.\n  draft: ja\n",
        ["posts/day.yaml:8:10: error: “ja” is neither `true` nor `false` (write `true` or `false`)"],
    ),
    (
        "a network misspelt under on",
        "posts/day.yaml",
        TEXT + "Come.\n  on: {mastadon: {visibility: public}}\n",
        ["posts/day.yaml:8:8: error: “mastadon” is neither a channel nor a network (did you mean `mastodon`?)"],
    ),
    (
        "somebody mentioned who may not be",
        "posts/day.yaml",
        TEXT + "Come @mayor\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: @mayor may not be mentioned: it is not among the `addressees` of config/campaign.yaml (write the name without `@`)"
        ],
    ),
    (
        "a link that tracks",
        "posts/day.yaml",
        TEXT + "See https://lantern.example/?utm_source=x\n",
        [
            "posts/day.yaml:7:7: error: evening on mastodon-en: “https://lantern.example/?utm_source=x” tracks readers (`utm_source`) (remove `utm_source=…`)"
        ],
    ),
    (
        "a token pasted into channels.yaml",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: ZkUuKoX3v0Yc1WqP9bn2hGd7}\n',
        [
            'config/channels.yaml:1:87: error: a secret must never be written here: `token` of channel mastodon-en (write `token: "${AMPLIFY_MASTODON_EN_TOKEN}"` and set that variable where amplify runs; if a real secret stood here, have it replaced by a new one)'
        ],
    ),
    (
        "a server without https",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "town.example", token: "${T}"}\n',
        [
            'config/channels.yaml:1:56: error: “town.example” is not the address of a server (write all of it: `server: "https://town.example"`)'
        ],
    ),
    (
        "a token behind a misspelt key",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "https://town.example", acces_token: ZkUuKoX3v0Yc1WqP9bn2hGd7}\n',
        [
            'config/channels.yaml:1:14: error: channel mastodon-en has no `token` (write `token: "${AMPLIFY_MASTODON_EN_TOKEN}"`)',
            "config/channels.yaml:1:80: error: `acces_token` is not a key of a mastodon channel (did you mean `token`?)",
        ],
    ),
    (
        "a secret's name without brackets",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "$TOKEN"}\n',
        [
            'config/channels.yaml:1:87: error: the name of the secret in `token` needs a `$` and both curly brackets (write `token: "${TOKEN}"`)'
        ],
    ),
    (
        "a channel with spaces in its name",
        "config/channels.yaml",
        'Mastodon EN: {network: mastodon, language: en, server: "https://town.example", token: "${T}"}\n',
        [
            "config/channels.yaml:1:1: error: “Mastodon EN” is not a name for a channel (lower case letters, digits and `-` only, such as `mastodon-en`)",
            "posts/day.yaml:4:14: error: “mastodon-en” is neither a channel nor a network (did you mean `Mastodon EN`?)",
        ],
    ),
    (
        "a day in German order",
        "config/campaign.yaml",
        CAMPAIGN.replace("day: 2027-05-21\n", "day: 21.05.2027\n"),
        ["config/campaign.yaml:4:6: error: “21.05.2027” is not written as dates are here (write `2027-05-21`)"],
    ),
    (
        "a day that there is not",
        "config/campaign.yaml",
        CAMPAIGN.replace("day: 2027-05-21\n", "day: 2027-06-31\n"),
        ["config/campaign.yaml:4:6: error: “2027-06-31” is a day that does not exist (look at a calendar)"],
    ),
    (
        "a day in words",
        "config/campaign.yaml",
        CAMPAIGN.replace("day: 2027-05-21\n", "day: 21 May 2027\n"),
        ["config/campaign.yaml:4:6: error: “21 May 2027” is not a date (write `2027-05-21`)"],
    ),
    (
        "a language in words",
        "config/campaign.yaml",
        CAMPAIGN.replace("languages: [en, be]\n", "languages: [English, be]\n"),
        [
            "config/campaign.yaml:5:13: error: “English” is not a language (write two letters, such as `en` or `be`)",
            "config/campaign.yaml:10:13: error: `en` is not one of the campaign's languages (known here: English, be)",
        ],
    ),
    (
        "a rule misspelt",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {quiet_hour: none}\n",
        [
            "config/campaign.yaml:12:9: error: `quiet_hour` is not a key that amplify knows here (did you mean `quiet_hours`?)"
        ],
    ),
    (
        "minutes in words",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {late: 45 min}\n",
        [
            "config/campaign.yaml:12:15: error: “45 min” is not a length of time (write `45m`, `6h` or `7d` (minutes, hours, days))"
        ],
    ),
    (
        "a link without https",
        "config/campaign.yaml",
        CAMPAIGN.replace('    url: "https://lantern.example/petition_2027"\n', "    url: lantern.example\n"),
        ["config/campaign.yaml:9:10: error: “lantern.example” is not a web address (write all of it: https://…)"],
    ),
    (
        "a qualifier in front of the number",
        "config/figures.yaml",
        FIGURES.replace("  value: 1496\n", "  value: more than 1496\n"),
        ["config/figures.yaml:3:10: error: “more than 1496” is not a number (write digits only, such as `1496`)"],
    ),
    (
        "a number with a point",
        "config/figures.yaml",
        FIGURES.replace("  value: 1496\n", "  value: 1.496\n"),
        [
            "config/figures.yaml:3:10: error: “1.496” can be read as 1496 or as 1.496 (a fraction) (write the digits only: `1496`)"
        ],
    ),
    (
        "a number in thousands",
        "config/figures.yaml",
        FIGURES.replace("  value: 1496\n", "  value: 1.5k\n"),
        ["config/figures.yaml:3:10: error: “1.5k” is not a number (write digits only, such as `1496`)"],
    ),
    (
        "a figure with a dash in its name",
        "config/figures.yaml",
        FIGURES.replace("lamps:\n", "lamps-lit:\n"),
        [
            "config/figures.yaml:1:1: error: “lamps-lit” is not a name that templates can use (letters, digits and `_` only, a letter first, such as `lamps_lit`)"
        ],
    ),
    (
        "a qualifier in words",
        "config/figures.yaml",
        FIGURES + "  qualifier: more than\n",
        ["config/figures.yaml:6:14: error: “more than” is not a value of `qualifier` (did you mean `more_than`?)"],
    ),
    (
        "words that are avoided, without those that are written instead",
        "config/campaign.yaml",
        CAMPAIGN + "glossary: [Byelorussia]\n",
        [
            "config/campaign.yaml:12:11: error: `name: value` lines belong here (`glossary`) (write `glossary: {de: {Weißrussland: Belarus}}`)"
        ],
    ),
    (
        "words that are avoided in a language of others",
        "config/campaign.yaml",
        CAMPAIGN + "glossary: {de: {Weißrussland: Belarus}}\n",
        [
            "config/campaign.yaml:12:12: error: `de` is not one of the campaign's languages (known here: be, en)",
        ],
    ),
    (
        "a word that is to be written instead of itself",
        "config/campaign.yaml",
        CAMPAIGN + "glossary: {en: {Belarus: belarus}}\n",
        [
            "config/campaign.yaml:12:16: error: “Belarus” is to be written instead of itself (write the word that you do not want, a colon, and the one that you want)"
        ],
    ),
    (
        "a language that differs for no reason",
        "posts/day.yaml",
        POST + "  differs: [be]\n  text: {en: Come.}\n",
        [
            "posts/day.yaml:5:12: error: `name: value` lines belong here (`differs`) (write `differs: {be: the page is in English only}`)"
        ],
    ),
    (
        "a counted word without one of its forms",
        "posts/day.yaml",
        TEXT + '{{ figure.lamps | forms(one="lamp") }}\n',
        [
            'posts/day.yaml:7:7: error: evening on mastodon-en: `forms` lacks `other`, which `en` needs for 2 (add `other="…"`, the word as it stands behind 2; or write `label: value`, which needs no grammar)'
        ],
    ),
]


@pytest.mark.parametrize(("file", "text", "told"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_it_says_where_and_what_to_do(checked: Callable[..., list[str]], file: str, text: str | bytes, told: list[str]):
    assert checked({file: text}) == told
