"""What a client wants posted, read and judged as Mastodon does, in Mastodon's words."""

import json
from dataclasses import dataclass

from aiohttp import web

from amplify.testing.manners import Manners
from amplify.testing.mastodon.text import length
from amplify.testing.premises import Refused

VISIBILITIES = ("public", "unlisted", "private", "direct")
QUOTING = ("public", "followers", "nobody")
_UNKNOWN = ("scheduled_at",)
_YES = ("1", "true", "True", "on")
#: ISO 639-1; what is not among them falls back to the account's language, silently.
_LANGUAGES = (
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)


def refuse(status: int, words: str, headers: dict[str, str] | None = None) -> Refused:
    return Refused(web.json_response({"error": words}, status=status, headers=headers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """`loose`: a yes or no came as a text."""

    text: str
    warning: str
    visibility: str
    sensitive: bool
    language: str
    in_reply_to: str
    media: tuple[str, ...] = ()
    poll: object = None
    quotes: str = ""
    quoting: str = "public"
    loose: bool = False

    def check(self, manners: Manners) -> None:
        """Raises Refused."""
        if not self.text and not self.warning and not self.media:
            raise refuse(422, "Validation failed: Text can't be blank")
        if self.visibility not in VISIBILITIES:
            raise refuse(422, "Validation failed: Visibility is not included in the list")
        if self.quoting not in QUOTING:
            raise refuse(422, "Validation failed: Quote approval policy is not included in the list")
        if length(self.text, self.warning, urls_in_full=manners.counts_urls_in_full) > manners.longest:
            told = f"Validation failed: Text character limit of {manners.longest} exceeded"
            raise refuse(manners.over_limit_status, told)


async def read_submission(request: web.Request, language: str = "en") -> Submission:
    """From a form or from JSON; `language` is for texts that tell none.

    Raises Refused, also for what this look-alike lacks: nothing is dropped silently.
    """
    if request.content_type == "application/json":
        try:
            said = await request.json()
        except json.JSONDecodeError:
            raise refuse(400, "Error occurred while parsing request parameters") from None
        fields = {str(name): value for name, value in said.items()} if isinstance(said, dict) else {}
        listed = fields.get("media_ids") or []
        media = tuple(map(str, listed)) if isinstance(listed, list) else ()
    else:
        form = await request.post()
        fields = {name.removesuffix("[]"): value for name, value in form.items()}
        media = tuple(str(one) for name in ("media_ids", "media_ids[]") for one in form.getall(name, []))
    for name in _UNKNOWN:
        if fields.get(name):
            raise refuse(422, f"Validation failed: this look-alike does not know {name}")
    warning = _word(fields.get("spoiler_text"))
    return Submission(
        text=_word(fields.get("status")),
        warning=warning,
        visibility=_word(fields.get("visibility")),
        sensitive=bool(warning) or str(fields.get("sensitive")) in _YES,
        language=_language(_word(fields.get("language")), language),
        in_reply_to=_word(fields.get("in_reply_to_id")),
        media=media,
        poll=fields.get("poll"),
        quotes=_word(fields.get("quoted_status_id")),
        quoting=_word(fields.get("quote_approval_policy")) or QUOTING[0],
        loose=request.content_type == "application/json" and isinstance(fields.get("sensitive"), str),
    )


def _word(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _language(asked: str, otherwise: str) -> str:
    return next(
        (code for code in (asked, asked.replace("_", "-").partition("-")[0]) if code and f" {code} " in _LANGUAGES),
        otherwise,
    )
