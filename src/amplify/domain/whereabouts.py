"""One public post under the several addresses that people copy: with a query, from a phone, from another page of it."""

import re
from urllib.parse import parse_qs, urlsplit

_HOSTS = re.compile(r"^(?:www|m|mobile)\.")
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
#: Steps of a path that only say in which view the post was seen.
_VIEWS = frozenset({"s", "web", "deck", "statuses", "users", "profile", "post", "app.bsky.feed.post"})


def whereabouts(address: str) -> tuple[str, ...]:
    """What tells one post from every other: the server, then what names the post there. Empty for what is no address.

    Two addresses lead to one post where the server and the last step agree, and the step before where both have one.
    """
    try:
        return _read(address.strip().strip("<>"))
    except ValueError:
        return ()


def same_post(one: str, other: str) -> bool:
    """Whether two addresses lead to one post. On Bluesky the server does not matter, and neither does the name."""
    first, second = whereabouts(one), whereabouts(other)
    if not first or not second or first[-1] != second[-1]:
        return False
    if _is_record_key(first[-1]):
        return True
    if first[0] != second[0]:
        return False
    names = [place[1:-1] for place in (first, second)]
    return not all(names) or names[0] == names[1]


def _read(text: str) -> tuple[str, ...]:
    """Raises ValueError."""
    if text.startswith("tg://"):
        said = parse_qs(urlsplit(text).query)
        return ("t.me", *(said[name][0].casefold() for name in ("domain", "post") if name in said))
    if text.startswith("at://"):
        return ("", *_steps(text.removeprefix("at://")))
    parts = urlsplit(text if "://" in text else f"https://{text}")
    host, steps = _HOSTS.sub("", (parts.hostname or "").casefold()), _steps(parts.path)
    if not host or not steps:
        return ()
    server = "t.me" if host in _TELEGRAM else f"{host}:{parts.port}" if parts.port else host
    return (server, *steps)


def _steps(path: str) -> tuple[str, ...]:
    steps = [step.casefold().lstrip("@") for step in path.split("/") if step]
    return tuple(step for step in steps if step not in _VIEWS)


def _is_record_key(step: str) -> bool:
    """A record key of Bluesky (atproto TID): no two records of the network have the same within a microsecond."""
    return re.fullmatch(r"[234567abcdefghij][234567a-z]{12}", step) is not None
