"""What is wrong with a post by itself, known without a server."""

from collections.abc import Iterator

from amplify.domain.envelope import Parents
from amplify.domain.rendition import Limits, Onto, Rendition
from amplify.publishers.bluesky_embed import problems_of
from amplify.publishers.bluesky_gate import QUOTING, RULES
from amplify.publishers.bluesky_post import LABELS, outline_tags
from amplify.publishers.measure import graphemes, too_long, utf8

#: The lexicon's, for hashtags beside the text.
_OUTLINE_TAGS, _TAG = 8, 64
_SAYS_MORE = frozenset({"replies", "quoting", "label", "outline_tags"})


def refusals(rendition: Rendition, limits: Limits) -> Iterator[str]:
    """All that is wrong with a post by itself."""
    settings = rendition.settings
    if rendition.onto is Onto.BOOST:
        if rendition.text.strip() or rendition.prints() or rendition.pin or settings.keys() & _SAYS_MORE:
            yield "what is shown again is shown as it is: no words, pictures or settings go with it"
        return
    if not rendition.text.strip():
        yield "the text is empty"
    if told := length_problem(rendition.text, limits):
        yield told
    for name, known in (("replies", RULES), ("quoting", QUOTING), ("label", LABELS)):
        if settings.get(name, next(iter(known))) not in known:
            yield f"Bluesky does not know “{name}: {settings[name]}”"
    tags = outline_tags(settings.get("outline_tags", ""))
    if len(tags) > _OUTLINE_TAGS:
        yield f"Bluesky takes {_OUTLINE_TAGS} hashtags beside the text, and here are {len(tags)}"
    for tag in tags:
        if told := too_long("Bluesky", graphemes(tag), _TAG):
            yield f"the hashtag “{tag}” is {told}"
    yield from problems_of(rendition, limits)


def lost(rendition: Rendition, parents: Parents | None) -> Iterator[str]:
    """What cannot hang on the post that it should: its record is known from the server's answer only."""
    if parents is None and rendition.onto is not Onto.REPLY:
        yield f"there is no post to {rendition.onto.value}"
    if parents and not (parents.root.proof.get("cid") and parents.parent.proof.get("cid")):
        again = f"{rendition.onto.value} by hand too"
        yield f"the post before was confirmed by hand; a {rendition.onto.value} on Bluesky needs its record: {again}"


def length_problem(text: str, limits: Limits) -> str:
    """Both limits of the lexicon: what a reader counts, and bytes."""
    told = [too_long("Bluesky", graphemes(text), limits.text)]
    if limits.bytes:
        told.append(too_long("Bluesky", utf8(text), limits.bytes, "byte"))
    return "; ".join(filter(None, told))
