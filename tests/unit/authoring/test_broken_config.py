"""What a tired volunteer reads when config/ is broken: every message with its line, column and hint."""

from collections.abc import Callable

import pytest

from amplify.domain.written import Written

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
"""

#: (what is wrong, file, its text, what `amplify check` says of that file)
BROKEN: list[tuple[str, str, str | bytes, list[str]]] = [
    (
        "no edition",
        "config/campaign.yaml",
        CAMPAIGN.replace('edition: "2027"\n', ""),
        ['config/campaign.yaml:1:1: error: `edition` is missing (name this run of it, `edition: "2027"`)'],
    ),
    (
        "a day with two digits for the year",
        "config/campaign.yaml",
        CAMPAIGN.replace("2027-05-21", "21.05.27"),
        [
            "config/campaign.yaml:4:6: error: “21.05.27” can be read in several ways (write year-month-day with four digits for the year: `2023-05-21`)"
        ],
    ),
    (
        "a zone that is no place",
        "config/campaign.yaml",
        CAMPAIGN.replace("Europe/Vienna", "Vienna"),
        ["config/campaign.yaml:3:11: error: no time zone is called “Vienna” (did you mean `Europe/Vienna`?)"],
    ),
    (
        "numbers that may move, nobody knows for how long",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {approval: {figures: {within: 50%}}}\n",
        [
            "config/campaign.yaml:6:29: error: `max_age` is missing (write how old it may be, `max_age: 7d`)",
            "config/campaign.yaml:6:38: error: “50%” is not a share between 0.1% and 20% (write `within: 2%`: how far a number may move before it takes a new yes)",
        ],
    ),
    (
        "a rule of lint that there is not, one that has no choice, and a grade that there is not",
        "config/campaign.yaml",
        CAMPAIGN + "rules:\n  lint: {tag-cose: off, short-link: warning, capitals: loud}\n",
        [
            "config/campaign.yaml:7:10: error: no rule is called `tag-cose` (did you mean `tag-case`?)",
            "config/campaign.yaml:7:25: error: `short-link` protects people, and no setting changes it (remove the line)",
            "config/campaign.yaml:7:56: error: “loud” does not say how grave that is (write one of error, warning, off)",
        ],
    ),
    (
        "lateness without a unit, and too much of it",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {late: 45, figure_max_age: 9h}\n",
        [
            "config/campaign.yaml:6:15: error: “45” is not a length of time (write `45m`, `6h` or `7d` (minutes, hours, days))",
            "config/campaign.yaml:6:35: error: “9h” is not between 1d and 3650d (choose another length of time)",
        ],
    ),
    (
        "later than six hours",
        "config/campaign.yaml",
        CAMPAIGN + "rules:\n  late: 7h\n",
        ["config/campaign.yaml:7:9: error: “7h” is not between 1m and 6h (choose another length of time)"],
    ),
    (
        "a gap that would make a nuisance",
        "config/campaign.yaml",
        CAMPAIGN + "rules: {per_account: {least_gap: 1m}}\n",
        [
            "config/campaign.yaml:6:34: error: an account rests at least 5 minutes between two posts (write `least_gap: 5m` or more)"
        ],
    ),
    (
        "hashtags that are none",
        "config/campaign.yaml",
        CAMPAIGN + 'hashtags: {core: ["#LanternNight", LightALаmp, Two words, "2027"]}\n',
        [
            "config/campaign.yaml:6:19: error: “#LanternNight” begins with `#` (write it without: `LanternNight`)",
            "config/campaign.yaml:6:36: error: “LightALаmp” mixes letters of two alphabets (Cyrillic and Latin) (type it anew with one keyboard: look-alike letters make another hashtag)",
            "config/campaign.yaml:6:48: error: “Two words” would not become a hashtag (letters, digits and `_` only, no spaces, no accents that stand by themselves)",
            "config/campaign.yaml:6:59: error: “2027” would not become a hashtag (at least one letter has to be in it)",
        ],
    ),
    (
        "a hashtag with an apostrophe",
        "config/campaign.yaml",
        CAMPAIGN + "hashtags: {core: [Політв'язні]}\n",
        [
            "config/campaign.yaml:6:19: error: “Політв'язні” would not become a hashtag (an apostrophe ends a hashtag: write `Політвʼязні`, with the letter ʼ)"
        ],
    ),
    (
        "a shortened link",
        "config/campaign.yaml",
        CAMPAIGN + 'links: {petition: {url: "https://bit.ly/x", label: {en: Sign}}}\n',
        [
            "config/campaign.yaml:6:25: error: “https://bit.ly/x” is a shortened link: readers cannot see where it goes (open it and write the address that it leads to)"
        ],
    ),
    (
        "a link that tracks",
        "config/campaign.yaml",
        CAMPAIGN + 'links: {petition: {url: "https://lantern.example/?utm_source=post", label: {en: Sign}}}\n',
        [
            "config/campaign.yaml:6:25: error: “https://lantern.example/?utm_source=post” tracks readers (`utm_source`) (remove `utm_source=…`)"
        ],
    ),
    (
        "a secret in a file",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "0123456789abcdef"}\n',
        [
            'config/channels.yaml:1:87: error: a secret must never be written here: `token` of channel mastodon-en (write `token: "${AMPLIFY_MASTODON_EN_TOKEN}"` and set that variable where amplify runs; if a real secret stood here, have it replaced by a new one)'
        ],
    ),
    (
        "a network that is not installed",
        "config/channels.yaml",
        "mastodon-en: {network: mastadon, language: en}\n",
        ["config/channels.yaml:1:24: error: “mastadon” is not a network (did you mean `mastodon`?)"],
    ),
    (
        "a channel without what its network needs",
        "config/channels.yaml",
        'telegram-en: {network: telegram, language: english, chat: "${CHAT}"}\n',
        [
            'config/channels.yaml:1:14: error: channel telegram-en has no `token` (write `token: "${AMPLIFY_TELEGRAM_EN_TOKEN}"`)',
            "config/channels.yaml:1:44: error: “english” is not one of the campaign's languages (choose one of en, be, or add it to `languages` in config/campaign.yaml)",
            "config/channels.yaml:1:59: error: `chat` is not secret, so `${…}` is not read here (write the value itself)",
        ],
    ),
    (
        "two accounts for one language",
        "config/channels.yaml",
        'mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${TOKEN_EN}"}\nmastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${TOKEN_BE}"}\ntelegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${TOKEN_TG}"}\nsecond: {network: mastodon, language: en, server: "https://city.example", token: "${SECOND}"}\n',
        [
            "config/channels.yaml:4:9: error: mastodon-en and second are two mastodon accounts in one language (en) (one account per network and language: more would look like many voices; remove one channel)"
        ],
    ),
    (
        "a number that can be read in two ways",
        "config/figures.yaml",
        "lamps: {label: {en: Lamps}, value: 4.649, as_of: 2027-05-01, source: {name: Wick}}\n",
        [
            "config/figures.yaml:1:36: error: “4.649” can be read as 4649 or as 4.649 (a fraction) (write the digits only: `4649`)"
        ],
    ),
    (
        "a number with a space",
        "config/figures.yaml",
        "lamps: {label: {en: Lamps}, value: 39 978, as_of: 2027-05-01, source: {name: Wick}}\n",
        [
            "config/figures.yaml:1:36: error: “39 978” can be read as 39978 or as several numbers (39 and 978) (write the digits only: `39978`)"
        ],
    ),
    (
        "a number without a source",
        "config/figures.yaml",
        "lamps: {label: {en: Lamps}, value: 1496, as_of: 21.05.23}\n",
        [
            "config/figures.yaml:1:8: error: `source` is missing (a number without a source is never posted: write `source: {name: …, url: …}`)",
            "config/figures.yaml:1:49: error: “21.05.23” can be read in several ways (write year-month-day with four digits for the year: `2023-05-21`)",
        ],
    ),
    (
        "a part that is more than the whole",
        "config/figures.yaml",
        "lamps: {label: {en: Lamps}, value: 7, as_of: 2027-05-01, source: {name: Wick}, breakdown: [{key: red, value: 9}]}\n",
        ["config/figures.yaml:1:92: error: `red` (9) is more than the whole (7) (check both numbers at the source)"],
    ),
    (
        "a number with a footnote",
        "config/figures.yaml",
        'lamps: {label: {en: Lamps}, value: "4.649*", as_of: 2027-05-01, source: {name: Wick}}\n',
        [
            "config/figures.yaml:1:36: error: “4.649*” can be read as 4649 or as 4.649 (a fraction) (write the digits only: `4649`; the `*` leads to a footnote: read it, it says what the number means)"
        ],
    ),
    (
        "a history of two definitions",
        "config/figures.yaml",
        (
            "lamps:\n  definition_id: lit\n  label: {en: Lamps}\n  value: 7\n  as_of: 2027-05-01\n  source: {name: Wick}\n"
            "  history:\n    - {definition_id: sold, value: 6, as_of: 2027-04-01, source: {name: Wick}}\n"
        ),
        [
            "config/figures.yaml:8:23: error: lamps counts `lit`, and this version of it `sold` (two definitions are two series: give the other one a figure of its own, with its own history)"
        ],
    ),
    (
        "a total that falls",
        "config/figures.yaml",
        (
            "lamps:\n  label: {en: Lamps}\n  kind: cumulative\n  value: 6\n  as_of: 2027-05-01\n  source: {name: Wick}\n"
            "  history: [{value: 7, as_of: 2027-04-01, source: {name: Wick}}]\n"
        ),
        [
            "config/figures.yaml:4:10: error: figure lamps: this figure only ever grows, and 6 is less than 7 of 2027-04-01 (if that one was wrong, this one `corrects` it: lamps:2027-04-01:3cfff199)"
        ],
    ),
    (
        "a qualifier that an exact number denies",
        "config/figures.yaml",
        (
            "lamps:\n  label: {en: Lamps}\n  value: 1500\n  qualifier: more_than\n  as_of: 2027-05-01\n  source: {name: Wick}\n"
            "  history: [{value: 1496, as_of: 2027-04-28, source: {name: Wick}}]\n"
        ),
        [
            "config/figures.yaml:4:14: error: figure lamps: “more than 1500” is not true: Wick counted exactly 1496 on 2027-04-28 (give the exact number, or a word that is true of it)"
        ],
    ),
    (
        "a kind of figure that there is not",
        "config/figures.yaml",
        "lamps: {label: {en: Lamps}, kind: total, value: 7, as_of: 2027-05-01, source: {name: Wick}}\n",
        ["config/figures.yaml:1:35: error: “total” is not a value of `kind` (known here: cumulative, estimate, stock)"],
    ),
    (
        "how many look at a figure",
        "config/campaign.yaml",
        'name: Lantern Night\nedition: "2027"\ntimezone: Europe/Vienna\nday: 2027-05-21\nlanguages: [en, be]\nrules: {figure_people: 3}\n',
        ["config/campaign.yaml:6:24: error: 3 is not between 1 and 2 (choose a number in between)"],
    ),
    (
        "a day on which an excerpt is true",
        "config/excerpts.yaml",
        "E1: {verbatim: Today we light lamps., valid_on: May 21}\n",
        ['config/excerpts.yaml:1:49: error: “May 21” is not a month and a day (write `"05-21"` for 21 May)'],
    ),
    (
        "a history that is not in order, and ends after the figure",
        "config/figures.yaml",
        (
            "lamps:\n  label: {en: Lamps}\n  value: 7\n  as_of: 2027-05-01\n  source: {name: Wick}\n  history:\n"
            "    - {as_of: 2027-03-01, value: 5, source: {name: Wick}}\n"
            "    - {as_of: 2027-02-01, value: 4, source: {name: Wick}}\n"
            "    - {as_of: 2027-06-01, value: 8, source: {name: Wick}}\n"
        ),
        [
            "config/figures.yaml:8:15: error: 2027-02-01 stands below 2027-03-01 in the history of lamps (put the oldest version first)",
            "config/figures.yaml:9:15: error: 2027-06-01 is later than lamps itself (2027-05-01) (make the latest version the figure, and keep the others in `history`)",
        ],
    ),
    (
        "versions without a source, without a number, with half a lamp",
        "config/figures.yaml",
        (
            "lamps:\n  label: {en: Lamps}\n  value: 7\n  as_of: 2027-05-01\n  source: {name: Wick}\n  history:\n"
            "    - {as_of: 2027-01-01, value: 5}\n"
            "    - {as_of: 2027-02-01, value: 4.5, source: {name: Wick}}\n"
        ),
        [
            "config/figures.yaml:7:7: error: `source` is missing (a number without a source is never posted: write `source: {name: …, url: …}`)",
            "config/figures.yaml:8:34: error: “4.5” is not a whole number (people and cases are counted whole)",
        ],
    ),
    (
        "a version that says nothing",
        "config/figures.yaml",
        (
            "lamps:\n  label: {en: Lamps}\n  value: 7\n  as_of: 2027-05-01\n  source: {name: Wick}\n  history:\n"
            "    - {as_of: 2027-01-01, source: {name: Wick}}\n"
        ),
        [
            "config/figures.yaml:7:7: error: this version of figure lamps needs either `value` or `range` (write `value: 1496`, or `range: {low: 143600, high: 171900}`)"
        ],
    ),
    (
        "words that were changed without a word about it",
        "config/excerpts.yaml",
        'E1: {verbatim: "We light a lmap tonight.", corrected: "We light a lamp tonight."}\n',
        [
            'config/excerpts.yaml:1:55: error: E1 says “lmap” in `verbatim` and “lamp” in `corrected`, and `corrections` does not say so (write `- {from: "lmap", to: "lamp"}` below `corrections:`, or undo the change)'
        ],
    ),
    (
        "a word that was left out without a word about it",
        "config/excerpts.yaml",
        'E1: {verbatim: "We light a a lamp.", corrected: "We light a lamp."}\n',
        [
            'config/excerpts.yaml:1:49: error: E1 says “a a” in `verbatim` and “a” in `corrected`, and `corrections` does not say so (write `- {from: "a a", to: "a"}` below `corrections:`, or undo the change)'
        ],
    ),
    (
        "a correction of words that nobody wrote",
        "config/excerpts.yaml",
        'E1: {verbatim: "We light a lmap.", corrected: "We light a lamp.", corrections: [{from: Lmap, to: lamp}]}\n',
        [
            "config/excerpts.yaml:1:88: error: “Lmap” does not stand in `verbatim` (copy it from there, capitals and signs as they are)"
        ],
    ),
    (
        "a translation into its own language",
        "config/excerpts.yaml",
        'E1: {verbatim: "We light a lamp.", translations: {en: We lit a lamp.}}\n',
        [
            "config/excerpts.yaml:1:51: error: E1 is in `en` itself, so this is no translation (remove it, or correct `language`)"
        ],
    ),
    (
        "an event that nobody announced, nowhere",
        "config/events.yaml",
        "hill: {at: D 18:00, zone: Hill}\n",
        [
            "config/events.yaml:1:7: error: `city` is missing (write where it is, `city: {en: Vilnius, …}`)",
            "config/events.yaml:1:7: error: `source` is missing (an event that nobody announced is never posted: write `source: {name: …, url: …}`)",
            "config/events.yaml:1:27: error: no time zone is called “Hill” (write a place such as Europe/Minsk)",
        ],
    ),
    (
        "an event by clocks elsewhere, and one that ends before it begins",
        "config/events.yaml",
        (
            "hill: {city: {en: Hill}, at: D 18:00 +02:00, zone: Europe/Vilnius, source: {name: Club}}\n"
            "pier: {city: {en: Pier}, at: D 18:00, until: D 17:00, zone: Europe/Vilnius, source: {name: Club}}\n"
        ),
        [
            "config/events.yaml:1:30: error: the time of an event is the one that clocks in Europe/Vilnius show (write it without what stands behind the hour)",
            "config/events.yaml:2:46: error: this event ends before it begins (change `until`)",
        ],
    ),
    (
        "an event that may or may not be",
        "config/events.yaml",
        "hill: {city: {en: Hill}, at: D 18:00, zone: Europe/Vilnius, source: {name: Club}, status: perhaps}\n",
        ["config/events.yaml:1:91: error: “perhaps” is not a value of `status` (known here: confirmed, proposed)"],
    ),
    (
        "an event in the night on which clocks change",
        "config/events.yaml",
        "hill: {city: {en: Hill}, at: 2027-03-28 03:30, zone: Europe/Vilnius, source: {name: Club}}\n",
        [
            "config/events.yaml:1:30: warning: the clocks change: 2027-03-28 03:30 does not exist in Europe/Vilnius (ask whoever announced it which hour is meant)"
        ],
    ),
    (
        "a row so long before an event that nobody can say how long",
        "posts/day.yaml",
        (
            "id: reminders\nkind: event\nchannels: [mastodon-en]\ntext: {en: Come.}\neach:\n"
            "  a: {event: harbor, at: {before: 3h}}\n  b: {at: {before: 3h}}\n  c: {event: hill, at: {before: soon}}\n"
        ),
        [
            "posts/day.yaml:8:33: error: “soon” is not a length of time (write `45m`, `6h` or `7d` (minutes, hours, days))",
        ],
    ),
    (
        "rows about events that nobody can find, their lengths right",
        "posts/day.yaml",
        (
            "id: reminders\nkind: event\nchannels: [mastodon-en]\ntext: {en: Come.}\neach:\n"
            "  a: {event: harbor, at: {before: 3h}}\n  b: {at: {before: 3h}}\n"
        ),
        [
            "posts/day.yaml:6:14: error: there is no event `harbor` in config/events.yaml, or it is wrong there (did you mean `harbour`?)",
            "posts/day.yaml:7:7: error: row b goes by the time of an event, and does not say which (write `event: …` in it)",
        ],
    ),
    (
        "a file of nothing",
        "config/campaign.yaml",
        "",
        ["config/campaign.yaml:1:1: error: this file is empty (undo what emptied it, or take it from a copy)"],
    ),
]


@pytest.mark.parametrize(("file", "text", "told"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_file_says_where_and_what_to_do(
    read: Callable[..., Written], file: str, text: str | bytes, told: list[str]
):
    problems = read({file: text}).problems
    assert [str(problem) for problem in problems if problem.place.file == file] == told
