"""What servers of other makers do with a request that Mastodon would take: each of it was measured on one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

from aiohttp import web

from amplify.testing.manners import Manners
from amplify.testing.mastodon.submission import Submission, refuse
from amplify.testing.premises import Refused

_PAGE = "<!doctype html><title>Internal Server Error</title>"


def as_taken(wanted: Submission, manners: Manners) -> Submission:
    """What the server makes of it. Raises Refused."""
    if manners.languages and wanted.language not in manners.languages:
        raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, "Validation failed: Language is not included in the list")
    if wanted.poll and wanted.loose and manners.polls_want_booleans:
        raise refuse(HTTPStatus.BAD_REQUEST, "Bad Request: sensitive: expected a boolean, got a string")
    language = "" if manners.drops_languages else wanted.language
    return replace(wanted, language=language, visibility=wanted.visibility or manners.usual_visibility)


def bad_token(manners: Manners) -> Refused | None:
    """How a token that nobody has is answered, where that is another way than Mastodon's."""
    if not manners.bad_token_answers_400:
        return None
    return Refused(web.Response(status=HTTPStatus.BAD_REQUEST, text="Bad Request: the token is not valid"))


@contextmanager
def pictures(manners: Manners) -> Iterator[None]:
    """What is no picture to the server ends in a page, where it knows no better."""
    try:
        yield
    except Refused as refused:
        if manners.takes_png:
            raise
        page = web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR, text=_PAGE, content_type="text/html")
        raise Refused(page) from refused


class Refusals:
    """Refusals kept under the key that they were told to, whosever key it is."""

    def __init__(self, manners: Manners) -> None:
        self._keeps = manners.keeps_refusals
        self._kept: dict[str, tuple[int, str]] = {}

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        """Raises Refused, for a known key at once."""
        if key in self._kept:
            raise refuse(*self._kept[key])
        try:
            yield
        except Refused as refused:
            if self._keeps and key:
                self._kept[key] = (refused.answer.status, str(refused.answer.text))
            raise
