"""Which file of posts/templates/ a post means: the one for its language, else the one for all."""

from collections.abc import Iterable

from amplify.domain.post import PERSON, Post

FOLDER = "posts/templates/"
ENDING = ".j2"
#: How the names of templates begin that are about a person.
_PERSONS = ("profile", "birthday")


def named_for(templates: Iterable[str], name: str, language: str) -> str:
    """The file's name in the folder, or nothing."""
    known = set(templates)
    return next((one for one in (f"{name}.{language}{ENDING}", f"{name}{ENDING}") if one in known), "")


def about_a_person(files: Iterable[str], posts: Iterable[Post]) -> bool:
    """Whether one of these files is made for posts about somebody: by its name, or because such a post uses it."""
    stems = {file.removesuffix(ENDING).partition(".")[0] for file in files}
    if any(stem.rpartition("/")[2].startswith(_PERSONS) for stem in stems):
        return True
    return bool(stems) and any(post.template in stems and post.kind in PERSON for post in posts)


def names_in(templates: Iterable[str], name: str) -> list[str]:
    """Every file that is this template in some language."""
    return [one for one in templates if one.startswith(f"{name}.") and one.endswith(ENDING)]
