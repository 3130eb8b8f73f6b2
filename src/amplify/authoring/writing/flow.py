"""Values as YAML on one line: quoted where a reader could take them for anything but a text."""

import json
import re
from collections.abc import Mapping, Sequence

#: What needs no quotes, also between brackets.
_PLAIN = re.compile(r"[A-Za-z0-9][\w./()–-]*(?: [\w./()–-]+)*")
#: In double quotes YAML takes these for the end of a line.
_BREAKS = {"\u0085": "\\x85", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def flow(data: object) -> str:
    """`{name: Viasna, url: "https://…"}`. Texts, lists and tables of them."""
    if isinstance(data, Mapping):
        return f"{{{', '.join(f'{name}: {flow(value)}' for name, value in data.items())}}}"
    if isinstance(data, Sequence) and not isinstance(data, str):
        return f"[{', '.join(map(flow, data))}]"
    return scalar(str(data).strip())


def scalar(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    for sign, escaped in _BREAKS.items():
        quoted = quoted.replace(sign, escaped)
    return quoted
