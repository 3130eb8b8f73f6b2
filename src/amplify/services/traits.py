"""What a server is and takes, in words: what its publisher says of it, and the limits that were read from it."""

from amplify.domain.rendition import Limits
from amplify.domain.traits import NO_TRAITS, Traits
from amplify.ports.publisher import Publisher
from amplify.ports.traits import HasTraits


def traits_of(publisher: Publisher) -> Traits:
    """Secrets that a server repeats are in it, unless the publisher is a discreet one."""
    told = publisher.traits if isinstance(publisher, HasTraits) else NO_TRAITS
    return {**{str(name): str(word) for name, word in told.items()}, **_allowed(publisher.limits)}


def _allowed(limits: Limits) -> Traits:
    pictures, poll = limits.pictures, limits.poll
    return {
        "text limit": str(limits.text),
        "pictures": f"up to {pictures.most}" if pictures is not None else "none",
        "films": "yes" if pictures is not None and pictures.film is not None else "no",
        "polls": f"up to {poll.options} answers" if poll is not None else "no",
    }
