"""What a poll may say, and what it does not go with."""

import pytest

POLL = "{options: {en: [Yes, No]}, lasts: 3d}"


def told(read, poll: str, more: str = "text: {en: Shall we?}") -> str:
    entry = f"- {{id: ask, kind: call, at: D 10:00, channels: telegram, {more}, poll: {poll}}}\n"
    return " ".join(problem.message for problem in read({"posts/a.yaml": entry}).problems)


def test_a_poll_is_read(read):
    assert told(read, POLL) == ""


@pytest.mark.parametrize(
    ("poll", "why"),
    [
        ("{options: {en: [Yes, Yes]}, lasts: 3d}", "two options of this poll are the same"),
        ("{options: {en: [Yes, No]}}", "`lasts` is missing"),
        ("{lasts: 3d}", "`options` is missing"),
        ("{options: {en: [Yes, No]}, lasts: soon}", "“soon” is not a length of time"),
        ("{options: {en: [Yes, ' ']}, lasts: 3d}", "this text is empty"),
        ("{options: {en: ['In {{ days_left }} days', No]}, lasts: 3d}", "a few plain words"),
        ("{options: {en: ['**Yes**', No]}, lasts: 3d}", "a few plain words"),
        ("{options: {en: ['[Yes](https://lantern.example)', No]}, lasts: 3d}", "a few plain words"),
        ("{options: {fr: [Oui, Non]}, lasts: 3d}", "`fr` is not one of the campaign's languages"),
        ("{options: {en: [Yes, No]}, lasts: 3d, secret: yes}", "`secret` is not a key"),
    ],
)
def test_what_is_wrong_with_a_poll_is_told(read, poll, why):
    assert why in told(read, poll)


@pytest.mark.parametrize(
    "more", ["text: {en: Long.}, split: true", "thread: [{id: one, text: {en: A.}}, {id: two, text: {en: B.}}]"]
)
def test_a_poll_stands_below_one_post(read, more):
    assert "does not go with" in told(read, POLL, more)
