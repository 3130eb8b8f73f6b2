"""Problems, made in one way."""

import re
from dataclasses import replace

from amplify.domain.problem import Place, Problem, Severity


def error(code: str, message: str, place: Place, hint: str = "") -> Problem:
    """What holds something back; who it holds is added where that is known."""
    return Problem(severity=Severity.ERROR, code=code, message=message, place=place, hint=hint)


def warning(code: str, message: str, place: Place, hint: str = "") -> Problem:
    return Problem(severity=Severity.WARNING, code=code, message=message, place=place, hint=hint)


def on_channel(problem: Problem, channel: str) -> Problem:
    """The same, holding one channel."""
    return replace(problem, channel=channel)


def on_post(problem: Problem, post: str) -> Problem:
    """The same, holding one post."""
    return replace(problem, post=post or None)


#: What templates can name.
NAMED = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def named(name: str, place: Place) -> list[Problem]:
    """What is wrong with the name of something that templates name."""
    if NAMED.fullmatch(name):
        return []
    told = f"“{name}” is not a name that templates can use"
    made = "_".join(re.findall(r"[A-Za-z0-9]+", name)).lstrip("0123456789_")
    hint = f"letters, digits and `_` only, a letter first{f', such as `{made}`' if made else ''}"
    return [error("not-a-name", told, place, hint)]
