"""What the three networks let an account do in a while, as their servers' own code and pages have it.

Mastodon: config/initializers/rack_attack.rb and app/lib/rate_limiter.rb; its windows begin at multiples of their length.
Bluesky: the rate limits of the PDS. Telegram: its FAQ, which speaks of about one message a second in a chat and lets short
bursts pass: so many in a minute. What is meant most often stands first: a refusal without numbers is taken to be about that.
"""

from datetime import timedelta

from amplify.domain.budget import Budget, Use

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_ANY = tuple((use, 1) for use in Use)
_UPLOADS = ((Use.UPLOAD, 1),)
_WRITES = ((Use.POST, 2), (Use.EDIT, 2), (Use.DELETE, 1))
_MESSAGES = ((Use.POST, 1), (Use.EDIT, 1))
_SIGN_INS = ((Use.SIGN_IN, 1),)

MASTODON = (
    Budget(name="posts and boosts", most=300, window=3 * _HOUR, costs=((Use.POST, 1),), aligned=True),
    Budget(name="pictures and films", most=30, window=30 * _MINUTE, costs=_UPLOADS, aligned=True),
    Budget(name="deletions", most=30, window=30 * _MINUTE, costs=((Use.DELETE, 1),), aligned=True),
    Budget(name="requests", most=300, window=5 * _MINUTE, costs=_ANY, aligned=True),
)
BLUESKY = (
    Budget(name="points of changes (a post is 2)", most=5000, window=_HOUR, costs=_WRITES),
    Budget(name="points of changes (a post is 2)", most=35_000, window=_DAY, costs=_WRITES),
    Budget(name="pictures and films", most=1000, window=_DAY, costs=_UPLOADS),
    Budget(name="sign-ins", most=30, window=5 * _MINUTE, costs=_SIGN_INS),
    Budget(name="sign-ins", most=300, window=_DAY, costs=_SIGN_INS),
    Budget(name="requests", most=3000, window=5 * _MINUTE, costs=_ANY),
)
TELEGRAM = (Budget(name="messages", most=60, window=_MINUTE, costs=_MESSAGES),)
TELEGRAM_GROUP = (Budget(name="messages", most=20, window=_MINUTE, costs=_MESSAGES),)
