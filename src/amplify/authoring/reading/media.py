"""Pictures as written: whether each language that goes out has its file, and words for those who cannot see it."""

from collections.abc import Iterator

from amplify.authoring.nearest import nearest
from amplify.authoring.reading.findings import error, on_channel
from amplify.authoring.reading.nodes import Node, key_place, place_of
from amplify.authoring.reading.post_schema import MediaEntry, PostEntry
from amplify.authoring.reading.selection import chosen
from amplify.authoring.reading.world import World
from amplify.domain.picture import FOLDER, alt_problem
from amplify.domain.problem import Problem

_SAY = "say in a sentence or two what the picture shows; words that stand in it belong there too"


def media_problems(entry: PostEntry, node: Node, world: World) -> Iterator[Problem]:
    """Each holds the channels of that language only."""
    if entry.thread and entry.media:
        told = "the pictures of a thread belong to its parts"
        yield error("contradiction", told, key_place(node, "media"), "move `media` below the part that it goes with")
    found: dict[str, list[Problem]] = {}
    for name in chosen(entry, world):
        language = world.channels[name].language
        if entry.draft or language in entry.drafts:
            continue
        if language not in found:
            found[language] = list(_in_language(entry, node, world, language))
        yield from (on_channel(problem, name) for problem in found[language])


def _in_language(entry: PostEntry, node: Node, world: World, language: str) -> Iterator[Problem]:
    for number, one in enumerate(entry.media):
        yield from _one(one, node, ("media", number), world, language)
    for place, part in enumerate(entry.thread):
        for number, one in enumerate(part.media):
            yield from _one(one, node, ("thread", place, "media", number), world, language)


def _one(media: MediaEntry, node: Node, path: tuple[str | int, ...], world: World, language: str) -> Iterator[Problem]:
    name = media.file.get(language, "") if isinstance(media.file, dict) else media.file
    at_file = (*path, "file", language) if isinstance(media.file, dict) else (*path, "file")
    if not name:
        told = f"there is no file for `{language}`"
        yield error(
            "picture-missing", told, key_place(node, *path, "file"), f"write `{language}: …`, or one file for all"
        )
    elif FOLDER + name not in world.media:
        known = [file.removeprefix(FOLDER) for file in world.media]
        hint = nearest(name, known) or "put the file there"
        yield error("picture-missing", f"there is no {FOLDER}{name}", place_of(node, *at_file), hint)
    alt = media.alt.get(language, "")
    if not alt:
        told = f"the picture has no alt text in `{language}`: who cannot see it would miss it"
        yield error("missing-alt", told, key_place(node, *path, "alt"), _SAY)
    elif problem := alt_problem(alt, name):
        yield error("bad-alt", problem, place_of(node, *path, "alt", language), _SAY)
