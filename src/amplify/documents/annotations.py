"""Problems as workflow commands of GitHub Actions, which shows them beside the lines of a pull request."""

from collections.abc import Iterable

from amplify.domain.problem import Problem

_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def annotations(problems: Iterable[Problem], folder: str) -> str:
    """One command a line. `folder` is the campaign's in the repository, with a slash at its end, or empty."""
    return "\n".join(_annotation(problem, folder) for problem in problems)


def _annotation(problem: Problem, folder: str) -> str:
    place = problem.place
    properties = {
        "file": f"{folder}{place.file}",
        "line": str(place.line),
        "col": str(place.column),
        "title": problem.code,
    }
    said = ",".join(f"{name}={value.translate(_IN_PROPERTIES)}" for name, value in properties.items())
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{problem.severity} {said}::{(problem.message + hint).translate(_IN_MESSAGES)}"
