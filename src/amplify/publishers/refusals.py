"""One table per network: the answers that prove that nothing was published.

A row stands here only because the server is known to give that answer before it stores anything. A 5xx has
no row on purpose: the post may have been stored before the server fell over. Nor has a 409.
"""

from amplify.ports.errors import OutcomeUnknown, Rejected, Throttled, Unauthorized, Unavailable, Unstaged
from amplify.publishers.failures import Row

_ANEW = "Make a new access token on the server, with the scopes profile, read:statuses, write:statuses and write:media"

_SHORTER = "It counts more than it says: make the text shorter for it, under `on:`"
_LANGUAGE = "It knows no such language: ask who runs it, or speak another one there"

MASTODON = (
    Row(400, "token.*(not valid|invalid)|unauthori[sz]ed", Unauthorized, _ANEW),
    Row(400, "^media .*(not found|attached)", Unstaged, "It is given the picture anew"),
    *(Row(status, "character limit|too long", Rejected, _SHORTER) for status in (400, 422)),
    *(Row(status, "language", Rejected, _LANGUAGE) for status in (400, 422)),
    Row(400, "", Rejected),
    Row(401, "", Unauthorized, _ANEW),
    Row(403, "action is not allowed", Rejected),
    Row(403, "scope", Unauthorized, _ANEW),
    Row(403, "", Unauthorized, "Sign in with a browser and see whether the account is limited"),
    Row(404, "", Rejected, "The post that this one answers or changes is gone"),
    Row(413, "", Rejected),
    Row(422, "duplicate", OutcomeUnknown, "The server has it already; see what is public"),
    Row(422, "not ready|not finished processing", Unavailable, "It goes again in a while"),
    Row(422, "^media .*not found", Unstaged, "It is given the picture anew"),
    Row(422, "", Rejected),
    Row(429, "", Throttled),
)

#: How GoToSocial says that it has too much to do, before it looks at a request; of others, a 503 proves nothing.
GOTOSOCIAL_BUSY = (Row(503, ".", Throttled, header="retry-after"),)

#: While it is given a picture: nothing is public by that, whatever it answers.
_NO_PICTURE = "Perhaps it takes no pictures of this kind: try another one, or leave it out there"
MASTODON_PICTURES = (Row(500, "", Unavailable, _NO_PICTURE), *MASTODON)

_CANNOT_EDIT = "The post is gone, or this server cannot edit: take `as: edit` out, and the correction answers it"
#: While a post is changed.
MASTODON_EDITS = (*(Row(status, "", Rejected, _CANNOT_EDIT) for status in (404, 405, 501)), *MASTODON)

_SIGN_IN_AGAIN = "Make a new app password in the settings of the account"
_CLOSED = "^(AccountTakedown|AccountDeactivated|AccountSuspended)"

BLUESKY = (
    Row(400, "^(ExpiredToken|InvalidToken)", Unauthorized, _SIGN_IN_AGAIN),
    *(Row(status, _CLOSED, Unauthorized, "The account is closed or paused: see its settings") for status in (400, 401)),
    Row(400, "^InvalidSwap", OutcomeUnknown, "Something is stored under this post's key already"),
    Row(400, "^BlobNotFound", Unstaged, "It is given the picture anew"),
    Row(400, "", Rejected),
    Row(401, "", Unauthorized, _SIGN_IN_AGAIN),
    Row(403, "", Unauthorized, _SIGN_IN_AGAIN),
    Row(404, "", Rejected, "Is `server` the address of the account's own server?"),
    Row(413, "", Rejected),
    Row(429, "", Throttled),
)

_SMALLER = "The account's server takes no file as large as that: make the film shorter, or ask who runs the server"

#: When it is given a picture or a film.
BLUESKY_BLOBS = (Row(413, "", Rejected, _SMALLER), *BLUESKY)

#: Telegram's own servers speak in capitals, the Bot API in words.
_NO_RIGHTS = (
    "chat not found|not enough rights|have no (write )?(rights|access)|need administrator|kicked"
    "|chat_(write|send_plain)_forbidden|chat_admin_required|chat_restricted|channel_private|user_banned"
)
_RIGHTS = "Make the bot an administrator of the chat who may post messages, and check `chat`"

TELEGRAM = (
    Row(400, "upgraded to a supergroup", Unauthorized, "The group has a new id: write it as `chat`"),
    Row(400, _NO_RIGHTS, Unauthorized, _RIGHTS),
    Row(
        400, "message to edit not found|message can't be edited", Rejected, "The message that this one changes is gone"
    ),
    Row(400, "wrong file identifier|failed to get http url", Unavailable, "It goes again in a while"),
    Row(400, "", Rejected),
    Row(401, "", Unauthorized, "Ask @BotFather for the bot's token and put it where the channel reads it"),
    Row(403, "", Unauthorized, _RIGHTS),
    Row(404, "", Unauthorized, "Ask @BotFather for the bot's token and put it where the channel reads it"),
    Row(413, "", Rejected),
    Row(429, "", Throttled),
)

_ADDRESS = "Is the server's address right?"

#: While we only ask who we are: every refusal halts the channel, and nothing can have become public.
SIGN_IN = (
    *(Row(status, "", Unauthorized, "Check the account's name and its secret") for status in (400, 401, 403)),
    *(Row(status, "", Unauthorized, _ADDRESS) for status in (301, 302, 303, 307, 308, 404, 405, 410)),
    Row(429, "", Throttled),
)
