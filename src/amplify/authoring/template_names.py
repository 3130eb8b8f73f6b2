"""Which file of posts/templates/ a post means: the one for its language, else the one for all."""

from collections.abc import Iterable

FOLDER = "posts/templates/"
ENDING = ".j2"


def named_for(templates: Iterable[str], name: str, language: str) -> str:
    """The file's name in the folder, or nothing."""
    known = set(templates)
    return next((one for one in (f"{name}.{language}{ENDING}", f"{name}{ENDING}") if one in known), "")


def names_in(templates: Iterable[str], name: str) -> list[str]:
    """Every file that is this template in some language."""
    return [one for one in templates if one.startswith(f"{name}.") and one.endswith(ENDING)]
