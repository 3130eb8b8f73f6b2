"""What rules of lint find in texts, and what they leave alone; how grave it is, and where it is told."""

import pytest

from amplify.domain.likeness import alike
from amplify.domain.plan import Action
from amplify.domain.problem import Problem
from amplify.domain.rendition import Rendition
from amplify.services.apply import apply
from amplify.services.check import check
from amplify.services.plan import plan
from amplify.services.survey import survey

from .conftest import CAMPAIGN

WORLD = CAMPAIGN.replace("languages: [en]", "languages: [en, de, be, ru, be-tarask]").replace(
    "hashtags: {core: [Belarus]}",
    "hashtags: {core: [Belarus, EU, SaveLives, СвабодуПалітвязням, палітзняволеныя, свабодавязням]}\n"
    "links: {petition: {url: 'https://lantern.example/petition', label: {en: Sign the petition, be: Падпісаць, ru: Подписать}}}",
)
CHANNELS = "\n".join(
    f'{network}-{language}: {{network: {network}, language: {language}, {more}, token: "${{T_{network.upper()}}}"}}'
    for network, more in (("mastodon", 'server: "https://mastodon.example"'), ("telegram", 'chat: "@test"'))
    for language in ("en", "de", "be", "ru")
)
EXCERPTS = """\
E09:
  verbatim: "The moral obligation of the free world is to release the people who fight for freedom in Belarus!"
  translations: {de: "Es ist die moralische Pflicht der freien Welt, die Menschen zu befreien!"}
E02: {verbatim: "Today on this day we stand with all political prisoners.", valid_on: "05-21"}
"""

#: Text, language, kind; the codes of what is found.
TEXTS: list[tuple[str, str, str, set[str]]] = [
    ("Light a candle at 18:00 (see 8), write to the EU and the USA, use a VPN.", "en", "statement", set()),
    ("Journalist*innen und Leser:innen treffen sich am 21. Mai 2027 um 18:00–20:00 Uhr.", "de", "statement", set()),
    ("Version 3.11.4 costs 3.50; 1/2 of 24/7, ratio 3:4 and A/B.", "en", "statement", set()),
    ("VPN-сервіс і IT-спецыялісты дапамагаюць.", "be", "statement", set()),
    ("We stand with them. 🕯️ Will you? 🇧🇪", "en", "statement", set()),
    ("Light a candle 🕯️ #Belarus", "en", "statement", set()),
    ("Morgen ist der Tag der Solidarität.", "de", "statement", {"day-words"}),
    ("Guten Morgen, am Morgen lesen wir vor.", "de", "statement", set()),
    ("He called it “the most beautiful lamp”.", "en", "statement", set()),
    ("“The moral obligation of the free world” is a long word.", "en", "statement", set()),
    ("“the people who fight for freedom in Belarus”, it says.", "en", "statement", set()),
    ("Es heißt: „Es ist die moralische Pflicht der freien Welt, […] zu befreien“.", "de", "quote", set()),
    ("“The moral obligation of the free world’s people is to release everyone who fights for freedom in Belarus!”", "en", "statement", {"misquoted"}),
    ("“The moral obligation of the free world is to release the men who fight for freedom in Belarus!”", "en", "quote", {"misquoted"}),
    ("“Every lamp is a small sun in the night.”", "en", "quote", {"not-verbatim"}),
    ("Today on this day we stand with all political prisoners.", "en", "statement", {"hand-quoted", "day-words"}),
    ("🕯️ one\n🕯️ two", "en", "statement", {"emoji-place", "many-emoji"}),
    ("I ❤️ lamps", "en", "statement", {"emoji-place"}),
    ("A COLLECTIVE ULTIMATUM now", "en", "statement", {"capitals"}),
    ("КАЛЕКТЫЎНЫ ЎЛЬТЫМАТУМ", "be", "statement", {"capitals"}),
    ("Good night :-)", "en", "statement", {"ascii-art"}),
    ("=========\nLamps", "en", "statement", {"ascii-art"}),
    ("4.649* people", "en", "statement", {"stray-asterisk"}),
    ("The сlosure", "en", "statement", {"mixed-letters"}),
    ("Ⓛⓐⓜⓟ", "en", "statement", {"styled-letters"}),
    ("As of 21.05.23", "en", "statement", {"numeric-date"}),
    ("#Belarus shines", "en", "statement", {"tag-place"}),
    ("Light.\n\n#Belarus #EU #SaveLives #СвабодуПалітвязням #палітзняволеныя", "en", "statement", {"many-tags"}),
    ("Святло.\n\n#свабодавязням", "be", "statement", {"tag-case"}),
    ("[Hier](petition)", "de", "statement", {"link-words"}),
    ("Click here: the petition", "en", "statement", {"link-words"}),
    ("https://lantern.example/a-very-long-address-that-nobody-reads", "en", "statement", {"bare-link"}),
    ("[Падпісаць](petition)", "be", "statement", {"safety-line"}),
    ("Подпишите петицию.\n\nВы в Беларуси?  Не подписывайте\nи не делитесь.", "ru", "call", set()),
    ("Подпишите петицию.", "ru", "statement", {"safety-line"}),
    ("Петиция собрала много подписей.", "ru", "statement", set()),
    ("Sign the petition.", "en", "call", set()),
]  # fmt: skip


def found(app) -> list[Problem]:
    return check(app.written, app.workshop, None, {})


def rendered(app) -> list[Rendition]:
    return [one.intent.rendition for one in survey(app.written, app.workshop, {}) if one.intent.rendition]


def a_post(number: int, text: str, language: str, kind: str) -> str:
    lines = "\n".join(f"      {line}" for line in text.split("\n"))
    return (
        f"- id: p{number}\n  kind: {kind}\n  at: D-{number + 3} 12:00\n  channels: [mastodon-{language}]\n"
        f"  text:\n    {language}: |\n{lines}\n"
    )


def test_rules_find_what_they_are_for_and_leave_the_rest_alone(written) -> None:
    posts = "".join(a_post(number, *one[:3]) for number, one in enumerate(TEXTS))
    app = written(posts, config__campaign=WORLD, config__channels=CHANNELS, config__excerpts=EXCERPTS)
    codes: dict[str, set[str]] = {}
    for problem in found(app):
        codes.setdefault(problem.post or "", set()).add(problem.code)
    told = {
        text: codes.get(f"p{number}", set()) - {"rule", "secret-unset", "blocked"}
        for number, (text, *_) in enumerate(TEXTS)
    }
    assert told == {text: expected for text, _, _, expected in TEXTS}


TWO = """\
- id: two
  kind: statement
  at: D-2 12:00
  channels: [mastodon-en, telegram-en]
  text:
    en: |
      Light a LAMP FOR EVERYONE.

      Good night :-) and see the сlosure
"""


def test_all_that_is_wrong_with_a_text_is_told_at_once_each_at_its_line(written) -> None:
    app = written(TWO)
    told = [(p.code, p.severity.value, p.place.line) for p in found(app) if p.code != "secret-unset"]
    assert told == [("capitals", "warning", 7), ("ascii-art", "error", 9), ("mixed-letters", "error", 9)]
    (change, _) = plan(app.written, app.workshop, None).plan.changes
    assert "two alphabets" in " ".join(change.reasons)
    assert "a picture made of signs" in " ".join(change.reasons)


def test_a_campaign_says_how_grave_a_rule_is(written) -> None:
    chosen = CAMPAIGN + "rules: {lint: {capitals: error, ascii-art: off, mixed-letters: warning}}\n"
    told = [(p.code, p.severity.value) for p in found(written(TWO, config__campaign=chosen)) if p.post]
    assert told == [("capitals", "error"), ("mixed-letters", "warning")]


def test_a_warning_is_no_part_of_what_people_say_yes_to(written) -> None:
    post = TWO.replace("      Good night :-) and see the сlosure\n", "")
    loud, quiet = (
        rendered(written(post)),
        rendered(written(post, config__campaign=CAMPAIGN + "rules: {lint: {capitals: off}}\n")),
    )
    assert [[finding.code for finding in one.warnings] for one in (*loud, *quiet)] == [["capitals"]] * 2 + [[]] * 2
    assert [one.digest for one in loud] == [one.digest for one in quiet]


def test_what_an_error_holds_is_not_taken_up_and_the_rest_is(written) -> None:
    app = written(TWO + a_post(9, "All is well.", "en", "statement"))
    apply(app.folder.files(), app.workshop, app.ledger, by="one", written=app.written)
    made = plan(app.written, app.workshop, app.ledger).plan
    kept = {change.key.post: change.action for change in made.changes}
    assert kept == {"two": Action.BLOCKED, "p9": Action.KEEP}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("tag-cose: off", "no rule is called `tag-cose` (did you mean `tag-case`?)"),
        ("tag-case: loud", "“loud” does not say how grave that is (write one of error, warning, off)"),
        ("tracking-link: off", "`tracking-link` protects people, and no setting changes it (remove the line)"),
        ("missing-text: off", "`missing-text` cannot go out as it stands, so there is nothing to choose (remove the line)"),
        (
            "near-duplicate: error",
            "`near-duplicate` is told by `check` alone and holds nothing back (write `near-duplicate: warning` or `near-duplicate: off`)",
        ),
    ],
)  # fmt: skip
def test_what_has_no_choice_and_what_is_no_rule_is_refused_with_a_sentence(written, said: str, told: str) -> None:
    app = written(a_post(1, "Light.", "en", "statement"), config__campaign=CAMPAIGN + f"rules:\n  lint: {{{said}}}\n")
    (problem,) = [p for p in found(app) if p.is_error and p.place.file == "config/campaign.yaml"]
    assert f"{problem.message} ({problem.hint})" == told
    assert problem.place.line == 9


LONG = "A lamp in the window says that somebody is awake and thinks of you; write that to one of them on a card today or on Sunday."


def test_two_posts_that_say_almost_the_same_are_told_once(written) -> None:
    first = a_post(1, LONG, "en", "statement")
    second = a_post(5, LONG.replace("Sunday", "Monday"), "en", "statement").replace("mastodon-en", "telegram-en")
    (problem,) = [p for p in found(written(first + second)) if p.code == "near-duplicate"]
    assert problem.post == "p1"  # p5 goes out earlier
    assert "p1 says almost the same in `en` as p5 (posts/day.yaml, line " in problem.message


def test_what_is_meant_to_come_again_is_not_told(written) -> None:
    first = a_post(1, LONG, "en", "statement").replace("  kind", "  again: true\n  kind")
    repeated = a_post(5, LONG, "en", "statement").replace("at: D-8 12:00", "at: [D-8 12:00, D-6 12:00]")
    assert [p for p in found(written(first + repeated)) if p.code == "near-duplicate"] == []
    other = a_post(1, "Good night.", "en", "statement") + a_post(7, "Good night.", "en", "statement")
    assert [p for p in found(written(other)) if p.code == "near-duplicate"] == []


def test_a_thousand_texts_are_compared_in_a_blink() -> None:
    frame = LONG.split()
    texts = {str(number): [*frame, f"w{number}", f"x{number * 7}"] for number in range(1000)}
    assert alike(texts) == {str(number): "0" for number in range(1, 1000)}
