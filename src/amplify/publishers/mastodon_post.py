"""What a post becomes on Mastodon before anything is asked: the request that an envelope holds, or why there is none."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from amplify.domain.envelope import Json, Parents, Ticket
from amplify.domain.picture import Sort
from amplify.domain.rendition import Limits, Onto, Rendition
from amplify.publishers.mastodon_text import length_of
from amplify.publishers.measure import too_long
from amplify.publishers.pictures import listed, picture_problems

if TYPE_CHECKING:
    from amplify.publishers.mastodon_server import Server

NETWORK = "mastodon"
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "visibility": ("public", "unlisted", "private"),
    "warning": (),
    "sensitive": ("true", "false"),
    "quoting": ("public", "followers", "nobody"),
    "as": ("reply", "edit"),
}
#: What stands in an envelope and not in the request to post: pictures are named by the server, pins come afterwards.
BESIDE = frozenset({"media", "pin", "boosts"})
_PUBLIC = "public"


def refusals(rendition: Rendition, limits: Limits, server: "Server") -> Iterator[str]:
    """What this server would refuse, or drop in silence."""
    settings = rendition.settings
    if rendition.onto is Onto.BOOST:
        yield from _words_of_its_own(rendition)
    elif not rendition.text.strip():
        yield "the text is empty"
    yield too_long("Mastodon", length_of(rendition.text, settings.get("warning", ""), limits), limits.text)
    for name in ("visibility", "quoting"):
        if settings.get(name, _PUBLIC) not in VARIANTS[name]:
            yield f"Mastodon knows no {name} “{settings[name]}”"
    yield from picture_problems("Mastodon", rendition, limits)
    yield from apart(rendition)
    if rendition.poll is not None:
        yield from limits.poll.refusals(rendition.poll) if limits.poll is not None else ["this server has no polls"]
        if rendition.pictures and not server.polls_beside_pictures:
            yield "this server takes no poll beside a picture (Mastodon 4.6 is the first that does)"
    if not server.quotes and (rendition.onto is Onto.QUOTE or settings.get("quoting", _PUBLIC) != _PUBLIC):
        yield "this server knows no quotes (Mastodon 4.5 is the first that does)"


def apart(rendition: Rendition) -> Iterator[str]:
    """What every server takes only without something else."""
    pictures = rendition.pictures
    for shown in pictures if len(pictures) > 1 else ():
        if shown.sort is not Sort.PICTURE:
            yield f"Mastodon shows {shown.path} alone or not at all: leave the other pictures out"
    if rendition.settings.get("sensitive") == "true" and not pictures:
        yield "`sensitive` hides pictures, and this post has none"


def _words_of_its_own(rendition: Rendition) -> Iterator[str]:
    if rendition.text.strip() or rendition.pictures or rendition.poll is not None:
        yield "a post that is boosted is shown as it is: it has no words, pictures or poll of its own"


def request_of(rendition: Rendition, ticket: Ticket, parents: Parents | None) -> dict[str, Json]:
    """The request, as far as it can be told without the pictures themselves."""
    if rendition.onto is Onto.BOOST and parents is not None:
        return {"boosts": parents.parent.remote_id, **({"pin": True} if rendition.pin else {})}
    settings = rendition.settings
    request: dict[str, Json] = {
        "status": rendition.text,
        "visibility": settings.get("visibility", _PUBLIC),
        "language": rendition.language.split("-")[0],  # servers refuse, or forget, longer tags
        "idempotency_key": ticket.idempotency_key,
    }
    if warning := settings.get("warning", ""):
        request["spoiler_text"] = warning
    if settings.get("sensitive") == "true":
        request["sensitive"] = True
    if "quoting" in settings:
        request["quote_approval_policy"] = settings["quoting"]
    if parents is not None:
        request["quoted_status_id" if rendition.onto is Onto.QUOTE else "in_reply_to_id"] = parents.parent.remote_id
    if (poll := rendition.poll) is not None:
        request["poll"] = {
            "options": list(poll.options),
            "expires_in": int(poll.lasts.total_seconds()),
            "multiple": poll.several,
            "hide_totals": poll.hidden,
        }
    if rendition.pictures:
        request["media"] = [
            {**entry, "focus": list(shown.focus)} if shown.focus is not None and isinstance(entry, dict) else entry
            for entry, shown in zip(listed(rendition), rendition.pictures, strict=True)
        ]
    if rendition.pin:
        request["pin"] = True
    return request
