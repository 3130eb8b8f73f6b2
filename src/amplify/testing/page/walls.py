"""The whole page: the clock, what has been posted where, and every account's wall."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, tzinfo
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby

from amplify.documents.posts.cards import card, moment, portrait, style
from amplify.documents.posts.icons import icon, sheet
from amplify.testing.page.seen import anchor, face, seen
from amplify.testing.resident import Resident
from amplify.testing.wall import WallPost

_NETWORKS = {"mastodon": "Mastodon", "bluesky": "Bluesky", "telegram": "Telegram", "apprise": "Rooms"}
_EMPTY = '<p class="empty">nothing yet</p>'
#: Fetches the page again and puts in what has changed, so that no reader loses the place.
_SCRIPT = """
setInterval(async () => {
  const answer = await fetch(location.pathname).catch(() => null);
  document.documentElement.classList.toggle("ended", !answer);
  if (!answer) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("#clock").replaceWith(fresh.querySelector("#clock"));
  for (const wall of fresh.querySelectorAll("[data-wall]")) {
    const old = document.getElementById(wall.id);
    if (!old || old.dataset.wall === wall.dataset.wall) continue;
    const known = new Set([...old.querySelectorAll("article")].map(post => post.id));
    const open = [...old.querySelectorAll("article details[open]")].map(fold => [fold.closest("article").id, fold.className]);
    for (const post of wall.querySelectorAll("article")) if (!known.has(post.id)) post.classList.add("new");
    old.replaceWith(wall);
    for (const [id, fold] of open) document.getElementById(id)?.querySelector(`details.${fold}`)?.setAttribute("open", "");
  }
}, 2000);
"""


def policy() -> str:
    """A Content-Security-Policy under which the page can load nothing from anywhere, and run only its own script."""
    digest = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; connect-src 'self'; img-src 'self'; "
        "media-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def page(residents: Sequence[Resident], posts: Sequence[WallPost], now: datetime, title: str) -> str:
    """Times are on the wall of `now`'s zone."""
    zone = now.tzinfo
    here = [network for network in _NETWORKS if any(r.network == network for r in residents)]
    sections = "".join(_section(network, residents, posts, zone) for network in here)
    name = title or "A campaign"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(name)}: rehearsal</title>"
        '<noscript><meta http-equiv="refresh" content="5"></noscript>'
        f"<style>{style()}{files(__package__).joinpath('walls.css').read_text('utf-8')}</style></head><body>{sheet()}"
        f'<header class="top"><p class="kicker">Rehearsal · nobody follows here</p><h1>{escape(name)}</h1>'
        f"{_clock(here, posts, now)}</header><main>{sections}</main>"
        "<footer><p>Look-alikes of the networks, on this machine only. Nothing on this page has been posted anywhere."
        ' The same as data: <a href="walls.json">walls.json</a></p></footer>'
        f"<script>{_SCRIPT}</script></body></html>"
    )


def _clock(here: Sequence[str], posts: Sequence[WallPost], now: datetime) -> str:
    counts = "".join(
        f'<a class="count {network}" href="#{network}">{icon(network)}<b>{number}</b> {_NETWORKS[network]}</a>'
        for network in here
        for number in (sum(post.network == network for post in posts),)
    )
    return (
        f'<div id="clock"><p class="clock"><span class="day">{now.strftime("%A")}, {now.day} {now.strftime("%B %Y")}</span>'
        f'<span class="hour">{now.strftime("%H:%M")}</span><span class="zone">{escape(now.tzname() or "")}, '
        f'campaign time</span></p><nav aria-label="Posts by network">{counts}</nav></div>'
    )


def _section(network: str, residents: Sequence[Resident], posts: Sequence[WallPost], zone: tzinfo | None) -> str:
    walls = "".join(
        _wall(resident, [p for p in posts if (p.network, p.account) == (network, resident.name)], zone)
        for resident in residents
        if resident.network == network
    )
    return f'<section id="{network}" class="{network}"><h2>{icon(network)}{_NETWORKS[network]}</h2><div class="walls">{walls}</div></section>'


def _wall(resident: Resident, posts: Sequence[WallPost], zone: tzinfo | None) -> str:
    name = escape(resident.name if resident.network in ("telegram", "apprise") else f"@{resident.name}")
    channels = escape(", ".join(resident.channels))
    count = f"{len(posts)} post{'' if len(posts) == 1 else 's'}"
    drawn = _chat(resident, posts, zone) if resident.network == "telegram" else _threads(resident, posts, zone)
    place = "".join(sign if sign.isalnum() else "-" for sign in f"wall-{resident.network}-{resident.name}")
    stamp = sha256(drawn.encode()).hexdigest()[:12]
    return (
        f'<div class="wall" id="{place}" data-wall="{stamp}"><div class="who">{portrait(face(resident))}'
        f"<div><h3>{escape(resident.shown_as)}</h3><p>{name}</p></div>"
        f'<p class="channels"><span>{channels}</span><span>{count}</span></p></div>'
        f'<div class="posts">{drawn or _EMPTY}</div></div>'
    )


def _threads(resident: Resident, posts: Sequence[WallPost], zone: tzinfo | None) -> str:
    """The newest thread on top, each from its beginning."""
    near = {post.remote_id: post for post in posts}
    threads: dict[str, list[WallPost]] = {}
    for post in posts:
        threads.setdefault(_root(post, near), []).append(post)
    return "".join(
        '<div class="thread">' + "".join(_article(post, resident, near, zone) for post in thread) + "</div>"
        for thread in reversed(threads.values())
    )


def _root(post: WallPost, near: dict[str, WallPost]) -> str:
    while post.reply_to in near:
        post = near[post.reply_to]
    return post.remote_id


def _chat(resident: Resident, posts: Sequence[WallPost], zone: tzinfo | None) -> str:
    """The oldest on top, under the day's date."""
    near = {post.remote_id: post for post in posts}
    drawn = ""
    for _, of_day in groupby(posts, key=lambda post: datetime.fromisoformat(post.at).astimezone(zone).date()):
        day = list(of_day)
        drawn += f'<p class="date">{moment(datetime.fromisoformat(day[0].at).astimezone(zone), "%d %B")}</p>'
        drawn += "".join(_article(post, resident, near, zone) for post in day)
    return drawn


def _article(post: WallPost, resident: Resident, near: dict[str, WallPost], zone: tzinfo | None) -> str:
    kind = " reply" if post.reply_to else ""
    return f'<article id="{anchor(post)}" class="post{kind}">{card(seen(post, resident, near, zone))}</article>'
