"""Whom nobody may name, in whatever corner of a post the name stands; and posts about a person. All are invented."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amplify.bootstrap import App
from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.approve import approve
from amplify.services.check import check
from amplify.testing.hand_clock import HandClock
from limits.town import FILES, Said, post
from protecting import beside, protect

Write = Callable[..., App]
NAME = "Jaroslawa Lichtarowskaja"
#: In a post, where the name may stand, as YAML behind `text`'s keys.
CORNERS = {
    "in the text": post(f"Write to {NAME} now"),
    "in another case": post("Пишите Ярославе Лихтаровской сегодня"),
    "in a link": post("[Write a letter](https://rights.example/people/yaraslava-likhtarouskaya)"),
    "in a variable": post("Write to {{ who }}", f"with: {{who: {NAME}}}"),
    "in a warning": post("Come", f'on: {{mastodon: {{warning: {{en: "{NAME}"}}}}}}'),
    "in a poll": post("Who bakes?", f"poll: {{options: {{en: [{NAME}, Somebody]}}, lasts: 3d}}"),
    "in capitals": post(f"WRITE TO {NAME.upper()}"),
    "with markup": post("Write to **Jaroslawa** _Lichtarowskaja_"),
    "in its id": post("Come").replace("id: p\n", "id: jaroslawa-lichtarowskaja\n"),
    "in another error": post(f"{{figure {NAME}}}"),
}


def problems(app: App) -> list[tuple[str, str, str]]:
    return [(p.code, p.message, p.hint) for p in check(app.written, app.workshop, None, {}) if p.is_error]


@pytest.mark.parametrize("text", CORNERS.values(), ids=CORNERS)
def test_a_name_is_found_in_every_corner_and_never_told(write: Write, tmp_path: Path, text: str) -> None:
    protect(tmp_path, ["Nobody Lanternik", NAME])
    told = problems(write({"posts/day.yaml": text}))
    assert told
    assert any("protected entry 2" in message for _, message, _ in told)
    assert "ichtarowsk" not in repr(told).lower()


def test_the_place_is_told_to_the_line(write: Write, tmp_path: Path) -> None:
    protect(tmp_path, [NAME])
    app = write({"posts/day.yaml": post(f"Come\nto the bridge\nwith {NAME}")})
    (problem,) = [p for p in check(app.written, app.workshop, None, {}) if p.is_error]
    assert (problem.code, problem.place.file, problem.place.line) == ("protected-person", "posts/day.yaml", 9)


def test_a_template_and_a_label_are_looked_at_too(write: Write, tmp_path: Path) -> None:
    protect(tmp_path, [NAME])
    one = "- {id: p, kind: statement, at: D 09:00, channels: [mastodon-en], template: note}\n"
    told = problems(write({"posts/templates/note.j2": f"Think of {NAME}.", "posts/day.yaml": one}))
    assert [code for code, _, _ in told] == ["protected-person"]
    campaign = FILES["config/campaign.yaml"].replace("label: {en: Sign,", f"label: {{en: Sign for {NAME},")
    button = "on: {telegram: {button: petition}}"
    buttoned = {"config/campaign.yaml": campaign, "posts/day.yaml": post("Come", button, channels="[telegram-en]")}
    assert [code for code, _, _ in problems(write(buttoned))] == ["protected-person"]
    labelled = {"config/campaign.yaml": campaign, "posts/day.yaml": post("Come", "link: petition")}
    assert [code for code, _, _ in problems(write(labelled))] == ["protected-person"]


def test_an_ordinary_post_goes_out_with_a_register_and_without_one(shown: Callable[..., Said], tmp_path: Path) -> None:
    assert shown(post("Come"))[0]
    protect(tmp_path, [NAME])
    assert shown(post("Come"))[0]


def profile(*more: str, text: str = "Anna Fonar bakes") -> str:
    return post(text, "person: p-1", *more, kind="profile")


FONAR = {"p-1": {"name": "Anna Fonar"}}
REFUSED = {
    "no id": (FONAR, post("Anna Fonar bakes", kind="profile"), "say `person:`"),
    "an id that nobody has": ({"p-2": FONAR["p-1"]}, profile(), "no consent with the id `p-1`"),
    "released": ({"p-1": {**FONAR["p-1"], "released": True}}, profile(), "is free"),
    "another name": (FONAR, profile(text="Berta Fonar bakes"), "not the name of consent `p-1`"),
    "an old review": (
        {"p-1": {**FONAR["p-1"], "review": "2027-05-20"}},
        profile(),
        "has to be looked at again: its review day, 20 May 2027",
    ),
}


@pytest.mark.parametrize(("consents", "text", "why"), REFUSED.values(), ids=REFUSED)
def test_a_post_about_a_person_needs_a_consent_that_holds(
    write: Write, tmp_path: Path, consents: dict[str, dict[str, object]], text: str, why: str
) -> None:
    protect(tmp_path, consents=consents)
    ((code, message, _),) = problems(write({"posts/day.yaml": text}))
    assert code == "no-consent"
    assert why in message


def test_without_a_register_no_post_about_a_person_goes_out(shown: Callable[..., Said]) -> None:
    assert shown(profile())[1] == {"mastodon-en": "no-consent"}
    birthday = "- {id: p, kind: statement, at: D 09:00, channels: [mastodon-en], template: birthday}\n"
    assert shown(birthday, {"posts/templates/birthday.j2": "Forty today"})[1] == {"mastodon-en": "no-consent"}


def test_with_consent_it_goes_out_in_any_alphabet(shown: Callable[..., Said], tmp_path: Path) -> None:
    protect(tmp_path, consents=FONAR)
    made, held = shown(profile(text="Анна Фанар пячэ хлеб"))
    assert not held
    assert made["mastodon-en"].digest.endswith("+2")


def test_who_must_not_be_named_is_not_even_with_a_consent(shown: Callable[..., Said], tmp_path: Path) -> None:
    protect(tmp_path, ["Anna Fonar"], FONAR)
    assert shown(profile())[1] == {"mastodon-en": "protected-person"}


def test_what_was_approved_is_hushed_and_asks_anew_when_the_entry_is_gone(write: Write, tmp_path: Path) -> None:
    protect(tmp_path, ["Nobody Lanternik"])
    app = write({"posts/day.yaml": post(f"Write to {NAME}")})
    take = lambda: apply(app.folder.files(), app.workshop, app.ledger, by="one")  # noqa: E731
    take()
    (row,) = approve(app.ledger.deliveries(), app.written, app.workshop, app.ledger, by="one", via="cli")
    assert row.state is State.APPROVED
    protect(tmp_path, ["Nobody Lanternik", NAME])
    take()
    (row,) = app.ledger.deliveries()
    assert (row.state, row.text, row.digest) == (State.HELD, "", "")
    assert "protected entry 2" in row.reason
    assert app.ledger.approvals([row.key]) == {}
    assert app.ledger.verify() == ""
    protect(tmp_path, ["Nobody Lanternik"])
    take()
    (row,) = app.ledger.deliveries()
    assert (row.state, NAME in row.text) == (State.PLANNED, True)
    app.close()


def test_nobody_s_yes_is_lost_over_a_register_that_cannot_be_used(write: Write, tmp_path: Path) -> None:
    protect(tmp_path, [NAME])
    app = write({"posts/day.yaml": post("Come")})
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve(app.ledger.deliveries(), app.written, app.workshop, app.ledger, by="one", via="cli")
    beside(tmp_path).chmod(0o644)
    with pytest.raises(Exception, match="chmod 600"):
        apply(app.folder.files(), app.workshop, app.ledger, by="one")
    assert [code for code, _, _ in problems(app)] == ["protected-register"]
    assert [row.state for row in app.ledger.deliveries()] == [State.APPROVED]
    app.close()


def test_the_review_counts_on_the_day_of_sending_too(write: Write, tmp_path: Path) -> None:
    protect(tmp_path, consents=FONAR)
    app = write({"posts/day.yaml": profile()})
    assert problems(app) == []
    app.__dict__["clock"] = HandClock(datetime(2027, 6, 1, 8, tzinfo=UTC))
    late = write({"posts/day.yaml": profile()})
    late.__dict__["clock"] = HandClock(datetime(2027, 6, 1, 8, tzinfo=UTC))
    assert [code for code, _, _ in problems(late)] == ["no-consent"]
