"""On every server that speaks Mastodon's API otherwise: once on the wall, or refused clearly, never less in silence."""

import asyncio

import pytest

from docs.servers import HEAD, ONCE, PAGE, QUIRKS, is_right, outcomes, row


@pytest.fixture(scope="module")
def came() -> dict[str, dict[str, str]]:
    """Quirk → scene → what became of it: all look-alikes side by side."""

    async def all_of_them() -> list[dict[str, str]]:
        return await asyncio.gather(*(outcomes(quirk) for quirk in QUIRKS.values()))

    return dict(zip(QUIRKS, asyncio.run(all_of_them()), strict=True))


@pytest.mark.parametrize("quirk", QUIRKS)
def test_what_is_sent_there_is_there_once_or_refused_clearly(came: dict[str, dict[str, str]], quirk: str) -> None:
    assert {scene: outcome for scene, outcome in came[quirk].items() if not is_right(outcome)} == {}


def test_on_a_mastodon_all_of_it_is_there_once(came: dict[str, dict[str, str]]) -> None:
    assert set(came["as Mastodon"].values()) == {ONCE}


def test_the_page_says_what_was_seen(came: dict[str, dict[str, str]]) -> None:
    table = "\n".join(row(quirk, outcome) for quirk, outcome in came.items())
    assert PAGE.read_text(encoding="utf-8") == f"{HEAD}{table}\n", "`make differing` writes it anew"
