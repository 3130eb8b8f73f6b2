"""Who says yes in a browser on mastodon-mock, which is reached over TLS."""

import json
import re
import ssl
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

#: What the server lets in from the start.
_ANYBODY = "mock_token"


def account_on(url: str, pem: Path, token: str = _ANYBODY) -> str:
    """The name of the account that a token belongs to; nothing where it is not good."""
    asked = Request(f"{url}/api/v1/accounts/verify_credentials", headers={"Authorization": f"Bearer {token}"})
    try:
        with urlopen(asked, context=ssl.create_default_context(cafile=pem)) as told:
            return json.loads(told.read())["username"]
    except HTTPError as refused:
        with refused:
            return ""


def said_yes(page: str, name: str, pem: Path) -> str:
    """The code that the server shows to who says yes on its page as `name`."""
    asked = {key: value[0] for key, value in parse_qs(urlsplit(page).query).items()}
    form = {**asked, "username": name}
    trusted = ssl.create_default_context(cafile=pem)
    with urlopen(Request(page.partition("?")[0], urlencode(form).encode()), context=trusted) as shown:
        return re.search(r"code: ([^<]+)<", shown.read().decode())[1]
