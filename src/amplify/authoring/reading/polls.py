"""`poll:`: what readers can choose below a post, and for how long."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from amplify.authoring.reading import values
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, key_place, place_of
from amplify.authoring.reading.words import Entry, Flag, LanguageKey, Words
from amplify.domain.poll import PollWish
from amplify.domain.problem import Problem

_ALONE = "leave one of them out"
#: What means something in a text; readers of an option would see the signs themselves.
_SIGNS = ("{{", "{%", "**", "](", "\n")


class PollEntry(Entry):
    options: dict[LanguageKey, list[Words]] = Field(
        title="What can be chosen, in each language.",
        description="write `options:` and for each language a list, `en: [Yes, No]`",
        examples=[{"en": ["Yes", "No"]}],
    )
    lasts: Annotated[timedelta, values.span] = Field(
        title="For how long it can be answered, from when the post is public.",
        description="write for how long, `lasts: 3d`",
        examples=["3d", "12h"],
    )
    several: Flag = Field(default=False, title="Whether more than one can be chosen.")
    hidden: Flag = Field(default=False, title="Whether the counts are shown only at its end.")


def poll_wish(entry: PollEntry | None, node: Node) -> PollWish | None:
    if entry is None:
        return None
    return PollWish(
        options={language: tuple(options) for language, options in entry.options.items()},
        lasts=entry.lasts,
        several=entry.several,
        hidden=entry.hidden,
        place=place_of(node, "poll"),
    )


def poll_problems(poll: PollEntry | None, others: dict[str, bool], node: Node) -> Iterator[Problem]:
    """`others` are keys that do not go with a poll, and whether they are there."""
    if poll is None:
        return
    for key, is_there in others.items():
        if is_there:
            told = f"a poll stands below one post of its own, and does not go with `{key}`"
            yield error("contradiction", told, key_place(node, "poll"), _ALONE)
    for language, options in poll.options.items():
        place = place_of(node, "poll", "options", language)
        if len(set(options)) < len(options):
            yield error("not-a-poll", "two options of this poll are the same", place, "write another one, or remove it")
        for option in options:
            if any(sign in option for sign in _SIGNS):
                told = f"“{' '.join(option.split())}” would be shown with its signs: an option is a few plain words"
                yield error("not-a-poll", told, place, "write it on one line, without `{{ … }}`, `**` and links")
