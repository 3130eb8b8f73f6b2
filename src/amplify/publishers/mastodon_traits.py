"""What a Mastodon, or a server of another maker that speaks its API, says of itself in its instance document, in words.

Makers tell their name in the version (`2.7.2 (compatible; Pleroma 2.6.0)`) or in the address of their source; for the others
see mastodon_nodeinfo.py.
"""

import re
from collections.abc import Mapping
from typing import Any

from amplify.domain.traits import Traits

#: How a server of another maker writes its version.
_COMPATIBLE = re.compile(r"\(compatible; (?P<name>[^ )]+) ?(?P<version>[^)]*)\)")
#: Nobody else has come this far.
_MASTODON = re.compile(r"[3-9]\.\d+\.\d+")


def traits_in(told: Mapping[str, Any], *, quotes: bool) -> Traits:
    """Without `software` where it does not say who made it."""
    claimed = str(told.get("version") or "")
    name, version = _maker(claimed, str(told.get("source_url") or ""))
    media = (told.get("configuration") or {}).get("media_attachments") or {}
    kinds = {str(kind).partition("/")[2] for kind in media.get("supported_mime_types") or () if "image/" in str(kind)}
    return {
        **({"software": name} if name else {}),
        "version": version,
        "API": "v2" if "domain" in told else "v1",
        "quotes": "yes" if quotes else "no",
        "edits": "yes" if name == "Mastodon" else "not told",
        "picture types": " ".join(sorted(kinds)) or "not told",
    }


def _maker(claimed: str, source: str) -> tuple[str, str]:
    if found := _COMPATIBLE.search(claimed):
        return found["name"], found["version"] or claimed
    if "gotosocial" in f"{claimed} {source}".lower():
        return "GoToSocial", claimed
    return ("Mastodon" if _MASTODON.match(claimed) else ""), claimed
