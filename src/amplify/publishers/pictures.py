"""The pictures of a post, as every network needs them: listed in the envelope, counted, and named at the send."""

from collections.abc import Iterator, Mapping

from amplify.domain.envelope import Envelope, Json
from amplify.domain.rendition import Limits, Rendition
from amplify.ports.darkroom import Picture
from amplify.ports.errors import Unstaged
from amplify.publishers.measure import graphemes

#: What everything is called on the way: a file's own name may tell more than the picture.
NAMES = {"image/jpeg": "picture.jpg", "image/png": "picture.png", "video/mp4": "film.mp4"}


def listed(rendition: Rendition) -> list[Json]:
    """For the envelope: enough to know them by."""
    return [
        {"file": shown.path, "digest": shown.digest, "alt": shown.alt, "mark": shown.mark}
        for shown in rendition.pictures
    ]


def picture_problems(network: str, rendition: Rendition, limits: Limits) -> Iterator[str]:
    """What the server would refuse, or would drop in silence."""
    allowed = limits.pictures
    if rendition.pictures and allowed is None:
        yield f"{network} takes no pictures here"
        return
    if allowed is not None and len(rendition.pictures) > allowed.most:
        yield f"{network} takes {allowed.most} pictures at most, and here are {len(rendition.pictures)}"
    for shown in rendition.pictures:
        length = graphemes(shown.alt)
        if not shown.alt.strip():
            yield f"{shown.path} has no alt text"
        elif allowed is not None and allowed.alt is not None and length > allowed.alt:
            yield f"the alt text of {shown.path} is too long for {network}: {length} of {allowed.alt} characters"


def shown_in(envelope: Envelope) -> list[tuple[str, str]]:
    """Mark and alt text of each picture, in order."""
    media = envelope.request.get("media")
    entries = [entry for entry in media if isinstance(entry, dict)] if isinstance(media, list) else []
    return [(str(entry["mark"]), str(entry["alt"])) for entry in entries]


def to_upload(envelope: Envelope, pictures: Mapping[str, Picture]) -> list[tuple[str, str, Picture]]:
    """Mark, alt text and print of each that the server has not been given."""
    return [(mark, alt, pictures[mark]) for mark, alt in shown_in(envelope) if mark not in envelope.staged]


def staged_as(envelope: Envelope) -> list[tuple[Json, str]]:
    """What the server calls each picture, and its alt text. Raises Unstaged where one was never staged."""
    try:
        return [(envelope.staged[mark], alt) for mark, alt in shown_in(envelope)]
    except KeyError:
        raise Unstaged("a picture of this post was not staged, so nothing was sent") from None
