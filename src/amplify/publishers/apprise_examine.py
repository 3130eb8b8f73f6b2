"""What can be said of a room without posting to it: next to nothing, so it is said what a person has to look at."""

from amplify.ports.examining import Examined, good, note
from amplify.publishers.apprise_services import Place


def examined(place: Place) -> Examined:
    """Nobody is asked: there is nothing that a room would answer to."""
    service = place.service
    return Examined(
        server=service.name,
        observations=(
            good("address", f"The address leads to {service.room}; whether it still works only a post can show"),
            note(
                "rights",
                "Whoever has the address can write there in your name",
                "If somebody else may have seen it, remove the webhook in the room's settings and make a new one",
            ),
            note(
                "readers",
                "Who is in such a room can often be seen by the others",
                "Where readers can be punished for it, say so in the room, or leave the room out",
            ),
        ),
    )
