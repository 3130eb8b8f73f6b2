"""What quotes and boosts may name, and what a boost may not say."""

import pytest

LAMPS = "- {id: lamps, kind: figure, at: D-3 10:00, channels: telegram, text: {en: Seven lamps.}}\n"
AGAIN = "- {id: again, kind: call, at: D 10:00, channels: telegram, boosts: lamps}\n"


def told(read, entry: str) -> list[str]:
    return [problem.message for problem in read({"posts/a.yaml": f"{LAMPS}{AGAIN}- {entry}\n"}).problems]


@pytest.mark.parametrize(
    "more", ["boosts: lamps", "quotes: lamps, text: {en: Look.}", "quotes: lamps, pin: true, text: {en: A.}"]
)
def test_an_own_post_may_be_quoted_or_boosted(read, more):
    assert told(read, f"{{id: more, kind: call, at: D 11:00, channels: telegram, {more}}}") == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("boosts: lamps, text: {en: Look.}", "does not go with `text`"),
        ("boosts: lamps, tags: [core]", "does not go with `tags`"),
        ("boosts: lamps, pin: true", "does not go with `pin`"),
        ("boosts: lamps, quotes: lamps", "`quotes` and `boosts` do not go together"),
        ("boosts: somebody-else", "no other post is called `somebody-else`"),
        ("boosts: again", "`again` has no words itself"),
        ('quotes: "lamps#D 9:00", text: {en: Look.}', "goes out once"),
    ],
)
def test_anything_else_is_told(read, more, why):
    assert why in " ".join(told(read, f"{{id: more, kind: call, at: D 11:00, channels: telegram, {more}}}"))
