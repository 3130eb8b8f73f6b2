"""A judge of its own over whatever a mutant would publish: plain rules, written down a second time and more coarsely.

It knows nothing of how amplify finds tags, links or people; it looks at the text with the eyes of a reader.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from amplify.domain.approval import people_needed
from amplify.domain.campaign import Campaign
from amplify.domain.guard import is_day_bound
from amplify.domain.plan import Intent
from amplify.domain.post import Post
from amplify.domain.rendition import Rendition
from amplify.domain.written import Written

_TAG = re.compile(r"(?<!\w)[#＃](\w*[^\W\d_]\w*)")
_MENTION = re.compile(r"(?<![\w/])[@＠]\w+")
_LINK = re.compile(r"://|www\.|\b[a-z0-9-]+\.(?:org|com|net|at|by|example|eu|social|ly|me|be|de)\b", re.IGNORECASE)
_TRACKED = re.compile(r"utm_|fbclid|bit\.ly")
_MOST, _LEAST = 48, timedelta(minutes=5)
_MENTIONS = _TWO = 2
_DANGEROUS = ("overthrow of the criminal", "defeat the enemy, first remove its allies")
_DAY = (5, 21)
_ON_THE_DAY = ("Today on 21 May", "On this day we call")
_REFERENCE = re.compile(r"\$\{[A-Z][A-Z0-9_]*\}")
_SECRET = ("token", "password")


def wrongs(written: Written, intents: Mapping[str, Intent]) -> Iterator[str]:
    """Everything that would be wrong about what goes out, in words. `intents` are by key."""
    if written.campaign is None:
        yield from (f"{key} would go out without a campaign" for key, intent in intents.items() if intent.rendition)
        return
    caps = written.campaign.rules.per_account
    if max(caps.a_day, caps.on_day) > _MOST or caps.least_gap < _LEAST:
        yield f"an account may publish {caps.a_day} a day, every {caps.least_gap}"
    if (
        written.campaign.rules.late > timedelta(hours=6)
        or min(written.campaign.rules.people, written.campaign.rules.resume) < 1
    ):
        yield "a rule is wider than any may be"
    for one, other in combinations(written.channels.values(), 2):
        if (one.network, one.language.split("-")[0]) == (other.network, other.language.split("-")[0]):
            yield f"{one.name} and {other.name} speak one language"
    for channel in written.channels.values():
        if any(not _REFERENCE.fullmatch(channel.settings.get(name, "${A}")) for name in _SECRET):
            yield f"{channel.name} has its secret in a file"
    for intent in intents.values():
        if intent.rendition is not None:
            yield from (f"{intent.wanted.key}: {wrong}" for wrong in _in_a_post(written, intent, intent.rendition))


def _in_a_post(written: Written, intent: Intent, made: Rendition) -> Iterator[str]:
    if written.campaign is None:
        return
    seen = "\n".join([made.text, *(shown.alt for shown in made.pictures), made.settings.get("warning", "")])
    yield from _signs(seen, written.campaign, intent.wanted.channel.network)
    yield from _links(seen, made, by_name=intent.wanted.channel.links == "name_only")
    yield from _people(seen, made, intent.wanted.post, written.campaign)
    if not made.text.strip() or made.layout.length > made.layout.limit or made.layout.too_long:
        yield "it has no text, or too much"
    if "{{" in made.text or "{%" in made.text:
        yield "a template shows through"
    if any(not written.figures[used.id].source.name for used in made.figures):
        yield "a number has no source"


def _signs(seen: str, campaign: Campaign, network: str) -> Iterator[str]:
    bare = re.sub(r"https?://\S+", " ", seen)
    if strange := {tag for tag in _TAG.findall(bare) if tag not in campaign.all_tags}:
        yield f"the tags {strange} are not the campaign's"
    mentioned, known = _MENTION.findall(bare), "".join(campaign.handles(network))
    if len(mentioned) > _MENTIONS or not all(name in known for name in mentioned):
        yield f"it mentions {mentioned}"


def _links(seen: str, made: Rendition, *, by_name: bool) -> Iterator[str]:
    linked = [entity.value for entity in made.layout.entities if entity.kind == "link"]
    linked += [button.url for button in made.buttons]
    if _TRACKED.search(seen + " ".join(linked)):
        yield "it tracks or hides"
    if by_name and (_LINK.search(seen) or linked):
        yield "it links where sources are named in words"
    if made.settings.get("visibility", "public") not in {"public", "unlisted", "private"}:
        yield "it is a message to somebody"


def _people(seen: str, made: Rendition, post: Post, campaign: Campaign) -> Iterator[str]:
    by_two = post.kind == "profile" or post.urgent or any(words in seen for words in _DANGEROUS)
    if by_two and people_needed(post, campaign.rules, made.digest) < _TWO:
        yield "one person is enough for it"
    day = (made.due.month, made.due.day)
    if any(words in seen for words in _ON_THE_DAY) and (day != _DAY or not is_day_bound(made, post)):
        yield "its words hold on another day"
