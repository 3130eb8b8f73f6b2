"""What a room's answer means for the post: proof that it stands there, proof that it does not, or neither.

A service thanks in words of its own. Any other friendly answer may come from something on the way, so it proves nothing.
"""

import re
from http import HTTPStatus

from amplify.domain.budget import Use
from amplify.ports.errors import OutcomeUnknown, Rejected, Throttled, Unauthorized, Unavailable
from amplify.publishers.answers import Ear
from amplify.publishers.apprise_errand import Back
from amplify.publishers.apprise_services import Place
from amplify.publishers.apprise_words import MISSING
from amplify.publishers.failures import Border, Row

NOT_INSTALLED = (
    "Apprise is not installed here, and channels with `network: apprise` need it: pip install 'amplify[apprise]', then start "
    "the worker anew"
)
_ANEW = "Look at the room's webhooks or integrations, make a new one, and put its address where the channel reads it"

#: The answers that these services give before they post anything. A 5xx has no row, because the message may stand there; nor
#: have 302 and 303, which after a POST may mean: done, and to be seen there (RFC 9110, 15.4.4).
REFUSALS = (
    *(Row(status, "", Unauthorized, "The service has moved. " + _ANEW) for status in (301, 307, 308)),
    Row(400, "webhook|token|(channel|stream) .*does not exist", Unauthorized, _ANEW),
    Row(400, "", Rejected),
    *(Row(status, "", Unauthorized, _ANEW) for status in (401, 403, 404, 405, 410)),
    Row(413, "", Rejected),
    Row(422, "", Rejected),
    Row(429, "", Throttled),
)


class _NoProof(Exception):
    """The answer says neither yes nor no."""


def judge(back: Back, place: Place, ear: Ear) -> None:
    """Give `ear` the answer. Raises PublishError unless it proves the post."""
    service = place.service
    if "why" in back.word:
        raise Unauthorized(
            NOT_INSTALLED
            if back.word["why"] == MISSING
            else f"{service.name}: Apprise does not understand the address. Write it as {service.example}"
        )
    if not back.begun and not back.word:
        raise Unavailable(
            f"{service.name}: it cannot be reached, or its certificate is not valid; the post has not left. "
            "It goes again by itself in a while"
        )
    if not back.word:
        raise OutcomeUnknown(
            f"{service.name}: its answer was lost. The post may be public: nothing goes again before that is known"
        )
    ear.hear(int(back.word["status"]), back.word["headers"])
    ear.body = None if back.word["body"] is None else str(back.word["body"]).encode()
    border = Border(
        network=service.name,
        table=REFUSALS,
        ear=ear,
        otherwise=OutcomeUnknown if back.begun else Unavailable,
        use=Use.POST,
        secrets=tuple(place.secrets()),
    )
    with border.crossed():
        if not _thanks(ear, service.thanks):
            raise _NoProof


def _thanks(ear: Ear, words: str) -> bool:
    friendly = ear.status is not None and HTTPStatus.OK <= ear.status < HTTPStatus.MULTIPLE_CHOICES
    return friendly and ear.body is not None and re.search(words, ear.body.decode(errors="replace")) is not None
