"""The courier: a short-lived process that runs one errand, so that whatever hangs, leaks or breaks in it can be killed.

The errand comes in as JSON on stdin, because what stands on a command line can be seen by everybody on the machine.
What libraries print goes nowhere: it may hold the address.
"""

import json
import logging
import os
import re
import signal
import sys
from collections.abc import Mapping
from typing import Any

_STATUS = re.compile(r"error=(\d{3})")
_REDIRECTS = range(300, 400)
SHUT = "the service could not be reached, or did not take it"


class _Listener(logging.Handler):
    """Takes no more than the HTTP status out of what Apprise logs."""

    def __init__(self) -> None:
        super().__init__()
        self.status = ""

    def emit(self, record: logging.LogRecord) -> None:
        found = _STATUS.search(record.getMessage())
        if found:
            self.status = found[1]


def notify(address: str, title: str, body: str, *, urgent: bool) -> str:
    """Empty, or why it was not told."""
    try:
        import apprise
    except ImportError:
        return "Apprise is not installed here; pip install apprise"
    listener = _Listener()
    log = logging.getLogger("apprise")
    log.addHandler(listener)
    log.propagate = False
    asset = apprise.AppriseAsset(app_id="amplify", app_desc="amplify", app_url="", async_mode=False)
    service = apprise.Apprise(asset=asset)
    if not service.add(address):
        return "this is no address that Apprise understands"
    if os.environ.get("ALL_PROXY") and not all(map(_asks_by_http, service)):
        return "services of this kind go past a proxy, so nothing was sent; choose one that works over https"
    kind = apprise.NotifyType.WARNING if urgent else apprise.NotifyType.INFO
    if service.notify(body, title, kind, body_format=apprise.NotifyFormat.TEXT):
        return ""
    return _answered(listener.status)


def beat(url: str, patience: float) -> str:
    """Empty, or why it was not told."""
    if not url.startswith(("http://", "https://")):
        return "a heartbeat is an address that begins with https://"
    import requests

    try:
        known = {"User-Agent": "amplify"}
        answer = requests.get(url, headers=known, timeout=patience, stream=True, allow_redirects=False)
        answer.close()
    except (OSError, ValueError):
        return SHUT
    if answer.status_code in _REDIRECTS:  # to a page for signing in, perhaps, which would answer 200 for ever
        return f"the service answered {answer.status_code} and points elsewhere: look the address up there"
    return "" if answer.ok else _answered(str(answer.status_code))


def run(errand: Mapping[str, str], patience: float) -> str:
    if errand["do"] == "beat":
        return beat(errand["address"], patience)
    return notify(errand["address"], errand["title"], errand["body"], urgent=bool(errand["urgent"]))


def main() -> None:
    """Ends by itself should nobody be left to kill it."""
    errand = json.load(sys.stdin)
    patience = float(errand["patience"])
    signal.alarm(int(patience) + 1)
    sys.stdout.write(json.dumps({"why": run(errand, patience)}))


def _asks_by_http(service: Any) -> bool:
    """Whether a service of Apprise's asks by the one library that keeps to the proxy: mail and others have their own."""
    return hasattr(sys.modules[type(service).__module__], "requests")


def _answered(status: str) -> str:
    return f"the service answered {status}" if status else SHUT


if __name__ == "__main__":
    main()
