"""One plain request to a server, past the proxy and past the code under test: what the public would be shown."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

_DIRECTLY = build_opener(ProxyHandler({}))


def get(url: str, **query: str) -> Any:
    return _answer(Request(f"{url}?{urlencode(query)}"))


def post(url: str, *, bearer: str = "", **body: object) -> Any:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    return _answer(Request(url, data=json.dumps(body).encode(), headers=headers))


def submit(url: str, token: str, **form: str) -> Any:
    return _answer(Request(url, data=urlencode(form).encode(), headers={"Authorization": f"Bearer {token}"}))


def _answer(request: Request) -> Any:
    try:
        with _DIRECTLY.open(request, timeout=10) as answer:
            return json.load(answer)
    except HTTPError as refused:
        with refused:
            raise AssertionError(f"{request.full_url}: {refused.code} {refused.read()[:300]!r}") from None
