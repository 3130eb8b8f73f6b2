"""posts/: entries as Posts. An entry that is wrong holds itself; one without a readable id holds its file."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from amplify.authoring.reading import naming
from amplify.authoring.reading.cards import card_problems
from amplify.authoring.reading.corrections import kind_problems, naming_problems
from amplify.authoring.reading.findings import error, on_post
from amplify.authoring.reading.joining import joining_problems
from amplify.authoring.reading.media import media_problems
from amplify.authoring.reading.nodes import Items, Node, Scalar, Table, key_place, place_of, scalar_at
from amplify.authoring.reading.own_posts import named_id, own_post_problem
from amplify.authoring.reading.polls import poll_problems
from amplify.authoring.reading.post_building import build
from amplify.authoring.reading.post_schema import PostEntry
from amplify.authoring.reading.selection import selection_problems
from amplify.authoring.reading.texts import language_problems, text_problems
from amplify.authoring.reading.times import time_problems
from amplify.authoring.reading.typed import typed, wrong_keys
from amplify.authoring.reading.world import World
from amplify.domain.post import Post
from amplify.domain.problem import Place, Problem


def _poll(entry: PostEntry, node: Node, _: World) -> Iterator[Problem]:
    others = {key: bool(getattr(entry, key)) for key in ("thread", "split", "quotes", "corrects")}
    return poll_problems(entry.poll, others, node)


_Check: TypeAlias = Callable[[PostEntry, Node, World], Iterator[Problem]]
_ID = re.compile(r"[a-z0-9-]+")
#: What each check looks at: it is left out where one of these keys is wrong in itself.
_CHECKS: tuple[tuple[frozenset[str], _Check], ...] = (
    (frozenset({"at", "each", "repeat"}), time_problems),
    (frozenset({"channels", "languages"}), selection_problems),
    (frozenset({"text", "template", "thread", "on", "numbered"}), text_problems),
    (frozenset(PostEntry.model_fields) | {"with"}, language_problems),
    (frozenset({"media", "thread"}), media_problems),
    (frozenset({"card", "media", "thread", "split"}), card_problems),
    (frozenset({"poll", "thread", "split", "quotes", "corrects"}), _poll),
    (frozenset({"link"}), naming.link_problems),
    (frozenset({"each"}), naming.event_problems),
    (frozenset({"tags"}), naming.tag_problems),
    (frozenset({"urgent", "kind"}), naming.urgent_problems),
    (frozenset({"corrects", "kind", "thread"}), kind_problems),
    (frozenset(PostEntry.model_fields), naming_problems),
    (frozenset({"author"}), naming.author_problems),
    (frozenset({"draft", "drafts"}), naming.draft_problems),
    (frozenset({"on", "thread"}), naming.variant_problems),
    (frozenset({"on", "thread"}), joining_problems),
)
#: Stand in for keys that are missing or wrong, so that the other keys can be looked at all the same.
_STAND_INS = {"id": "stand-in", "kind": "statement", "channels": "all"}


@dataclass(slots=True)
class Posts:
    """What has been read so far. `held` are ids, `unread` are files; `names` are where another post is named, by id.

    `corrected` are the ids that stand there, an empty one where a post names itself; `former` are ids that posts had.
    """

    posts: dict[str, Post] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)
    former: set[str] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)

    def hold(self, node: Node, problems: list[Problem]) -> None:
        """Hold an entry, under its former id too: its deliveries may still have that one."""
        name = readable_id(node)
        self.problems += [on_post(problem, name) for problem in problems]
        if name:
            self.held |= {name, scalar_at(node, "formerly")} - {""}
            self.posts.pop(name, None)
        else:
            self.unread.add(node.place.file)


def readable_id(node: Node) -> str:
    """The id of an entry, right or wrong, or nothing."""
    written = scalar_at(node, "id")
    return written if _ID.fullmatch(written) else ""


def read_posts(files: Mapping[str, Node], world: World) -> Posts:
    """Every post of every file."""
    read = Posts()
    for node in files.values():
        for entry in node.items if isinstance(node, Items) else (node,):
            try:
                _read_entry(entry, world, read)
            except Exception as bug:  # noqa: BLE001  whatever goes wrong with one entry must not take the others along
                read.hold(entry, [unexpected(entry.place, bug)])
    _former_ids(read)
    _names(read)
    return read


def unexpected(place: Place, bug: Exception) -> Problem:
    """A mistake of ours, told as a problem of the entry that brought it out."""
    told = f"amplify stumbles here ({type(bug).__name__}); this is a mistake in amplify, not yours"
    return error("unexpected", told, place, "please report it with these lines; until then, write them another way")


def _read_entry(node: Node, world: World, read: Posts) -> None:
    if not isinstance(node, Table):
        what = "this is a single text" if isinstance(node, Scalar) else "this is a list inside a list"
        hint = "begin it with `- id: …`, and put `kind:`, `at:`, `channels:` and `text:` below `id`, in one column"
        read.hold(node, [error("not-a-table", f"a post belongs here, and {what}", node.place, hint)])
        return
    name = readable_id(node)
    first = read.places.setdefault(name, node.place) if name else node.place
    entry, problems = typed(PostEntry, node, world.known)
    stand_in = entry or _stand_in(node, world)
    skip = wrong_keys(PostEntry, node, world.known) if entry is None else frozenset()
    found = [p for keys, check in _CHECKS if stand_in and not keys & skip for p in check(stand_in, node, world)]
    if first != node.place:
        told = f"another post is called `{name}` already ({first.file}, line {first.line}), so both are held"
        problems.append(
            error("duplicate-id", told, key_place(node, "id"), "give one of them another id; a copy needs its own")
        )
    if entry is None or problems or any(p.is_error and p.channel is None for p in found):
        read.hold(node, [*problems, *found])
    else:
        read.posts[name] = build(entry, node, world)
        read.former |= {entry.formerly} - {""}
        if names := read.posts[name].names:
            read.names[name] = place_of(node, read.posts[name].does)
            read.corrected |= {named_id(names)} - {name} or {""}
        read.problems += [on_post(problem, name) for problem in found]


def _stand_in(node: Node, world: World) -> PostEntry | None:
    if not isinstance(node, Table):
        return None
    wrong = wrong_keys(PostEntry, node, world.known)
    right: dict[str, Node] = {key: child for key, child in node.entries.items() if key not in wrong}
    for key, value in _STAND_INS.items():
        right.setdefault(key, Scalar(value=value, place=node.place))
    return typed(PostEntry, Table(entries=right, place=node.place), world.known)[0]


def _former_ids(read: Posts) -> None:
    """A former id that another post bears now would give one publication two owners."""
    for post in list(read.posts.values()):
        if post.formerly and post.formerly in read.places:
            told = f"`{post.formerly}` is still the id of a post, so it cannot be the former id of this one"
            problem = error("former-id-in-use", told, post.place, "remove `formerly`, or the other post")
            _hold_after_all(read, post.id, problem)


def _names(read: Posts) -> None:
    """Judged last: the post that is named may stand in any file."""
    found = {
        name: own_post_problem(read.posts[name], place, read.posts, read.places)
        for name, place in read.names.items()
        if name in read.posts
    }
    for name, problem in found.items():
        if problem is not None:
            _hold_after_all(read, name, problem)


def _hold_after_all(read: Posts, name: str, problem: Problem) -> None:
    """Hold a post that seemed right by itself."""
    read.problems.append(on_post(problem, name))
    read.held |= {name}
    del read.posts[name]
