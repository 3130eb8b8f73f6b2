"""Two people for posts about a person and for dangerous words, by whatever way these come into a post."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from amplify.bootstrap import App
from amplify.domain.delivery import Delivery, State
from amplify.services.apply import apply
from amplify.services.approve import approve
from limits.town import Said, post
from protecting import protect

Shown = Callable[..., Said]
Write = Callable[..., App]

PROFILE = "{{ name }}, baker. Write a letter."
DANGEROUS = "Whoever carries this lamp through the town at night will be followed by those who fear the light."
TRANSLATED = "Хто нясе гэтую лямпу праз горад уначы, за тым пойдуць тыя, хто баіцца святла і цемры."


@pytest.fixture(autouse=True)
def _the_baker_has_agreed(tmp_path: Path) -> None:
    protect(tmp_path, consents={"p-1": {"name": "A Baker"}})


def templated(kind: str, template: str) -> str:
    return (
        f"- {{id: p, kind: {kind}, at: D 09:00, channels: [mastodon-en], template: {template}, "
        "with: {name: A baker}, person: p-1}\n"
    )


def take(write: Write, files: Mapping[str, str]) -> App:
    app = write(files)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    return app


def row_of(app: App) -> Delivery:
    (row,) = app.ledger.deliveries()
    return row


def say_yes(app: App, by: str) -> State:
    (row,) = approve([row_of(app)], app.written, app.workshop, app.ledger, by=by, via="cli")
    return row.state


def needs_two(app: App) -> bool:
    """`rules.approval.people` is 1."""
    try:
        first, again, second = say_yes(app, "one"), say_yes(app, "one"), say_yes(app, "two")
    finally:
        app.close()
    return (first, again, second) == (State.PLANNED, State.PLANNED, State.APPROVED)


def test_an_ordinary_post_needs_the_one_yes_that_the_rules_ask_for(write: Write) -> None:
    app = take(write, {"posts/day.yaml": post("Come")})
    assert say_yes(app, "one") is State.APPROVED
    app.close()


def test_a_post_about_a_person_needs_two_whatever_the_rules_say(write: Write) -> None:
    assert needs_two(take(write, {"posts/day.yaml": post("A baker", "person: p-1", kind="profile")}))


@pytest.mark.parametrize(
    ("templates", "template"),
    [
        ({"profile.j2": PROFILE}, "profile"),
        ({"profile.en.j2": PROFILE}, "profile"),
        ({"profile-short.j2": PROFILE}, "profile-short"),
        ({"profile.j2": PROFILE, "other.j2": "{% include 'profile.j2' %}"}, "other"),
        (
            {
                "profile.j2": "{% macro one(n) %}{{ n }}{% endmacro %}",
                "o.j2": "{% import 'profile.j2' as p %}{{ p.one(name) }}",
            },
            "o",
        ),
        ({"profile.j2": "{% block b %}{{ name }}{% endblock %}", "o.j2": "{% extends 'profile.j2' %}"}, "o"),
    ],
)
def test_a_template_about_a_person_needs_two_whatever_kind_the_post_is(
    write: Write, templates: Mapping[str, str], template: str
) -> None:
    files = {f"posts/templates/{name}": text for name, text in templates.items()}
    assert needs_two(take(write, {**files, "posts/day.yaml": templated("statement", template)}))


def test_a_template_that_some_post_about_a_person_uses_is_one_about_persons(write: Write) -> None:
    other = templated("profile", "someone").replace("id: p", "id: q").replace("D 09:00", "D 12:00")
    app = take(
        write, {"posts/templates/someone.j2": PROFILE, "posts/day.yaml": templated("statement", "someone") + other}
    )
    rows = {row.key.post: row for row in app.ledger.deliveries()}
    (row,) = approve([rows["p"]], app.written, app.workshop, app.ledger, by="one", via="cli")
    assert row.state is State.PLANNED
    app.close()


@pytest.mark.parametrize(("before", "after"), [("statement", "profile"), ("profile", "statement")])
def test_a_kind_that_changes_after_the_yes_takes_new_ones(write: Write, before: str, after: str) -> None:
    whose = {"profile": ("person: p-1",), "statement": ()}
    app = take(write, {"posts/day.yaml": post("A baker", *whose[before], kind=before)})
    assert say_yes(app, "one") is (State.APPROVED if before == "statement" else State.PLANNED)
    app.close()
    app = take(write, {"posts/day.yaml": post("A baker", *whose[after], kind=after)})
    row = row_of(app)
    assert row.state is State.PLANNED
    stand = app.ledger.approvals([row.key]).get(row.key, ())
    assert not [yes for yes in stand if yes.digest == row.digest]
    app.close()


QUOTES = {
    "by its name": "{{ excerpt.E2 }}",
    "by a variable": "{{ excerpt[which] }}",
    "with a filter": "{{ excerpt.E2.verbatim | upper }}",
    "typed": DANGEROUS,
    "typed in capitals": DANGEROUS.upper(),
    "with markup in it": DANGEROUS.replace("this lamp", "**this** _lamp_"),
    "in two lines": DANGEROUS.replace(" the town", "\nthe town"),
    "half of it": "They say: whoever carries this lamp through the town at night is seen.",
    "by a variable's words": "{{ words }}",
    "in pieces": "{{ words[:20] ~ words[20:] }}",
    "as a label": f"[{DANGEROUS}](petition)",
}


@pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES)
def test_dangerous_words_need_two(write: Write, text: str) -> None:
    values = f'with: {{which: E2, words: "{DANGEROUS}"}}'
    assert needs_two(take(write, {"posts/day.yaml": post(text, values)}))


def test_dangerous_words_beside_the_text_need_two_too(write: Write) -> None:
    assert needs_two(
        take(write, {"posts/day.yaml": post("Come", f'on: {{mastodon: {{warning: {{en: "{DANGEROUS}"}}}}}}')})
    )


def test_words_that_become_dangerous_after_the_yes_take_two(write: Write) -> None:
    calm = {"config/excerpts.yaml": f'E2: {{verbatim: "{DANGEROUS}"}}\n', "posts/day.yaml": post("{{ excerpt.E2 }}")}
    app = take(write, calm)
    assert say_yes(app, "one") is State.APPROVED
    app.close()
    risky = {
        "config/excerpts.yaml": f'E2: {{verbatim: "{DANGEROUS}", risk: high}}\n',
        "posts/day.yaml": post("{{ excerpt.E2 }}"),
    }
    assert needs_two(take(write, risky))


def test_dangerous_words_are_refused_where_sources_are_named_in_words(refused: Callable[..., dict[str, str]]) -> None:
    values = f'with: {{which: E2, words: "{DANGEROUS}"}}'
    texts = {**QUOTES, "translated": TRANSLATED, "by its name, translated": "{{ excerpt['E' ~ 2] }}"}
    told = refused({how: post(text, values, channels="[mastodon-be]", language="be") for how, text in texts.items()})
    assert set(told.values()) == {"risky-excerpt"}, told


def test_an_ordinary_excerpt_is_quoted_as_before(shown: Shown) -> None:
    made, held = shown(post("{{ excerpt.E1 }}"))
    assert not held
    assert not made["mastodon-en"].risky
