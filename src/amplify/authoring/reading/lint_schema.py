"""`rules.lint`: how grave a campaign takes each of the rules that leave it the choice."""

from typing import Annotated, Literal

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from amplify.authoring.linting.always import ALWAYS
from amplify.authoring.linting.rules import CODES, TOLD
from amplify.authoring.nearest import nearest
from amplify.authoring.reading import values
from amplify.authoring.reading.values import wrong

_WORDS = ("error", "warning", "off")


def _code(value: object) -> str:
    code = values.text(value)
    if code in ALWAYS:
        raise wrong("not-a-choice", f"`{code}` {ALWAYS[code]}", "remove the line")
    if code not in CODES:
        raise wrong("unknown-code", f"no rule is called `{code}`", nearest(code, CODES))
    return code


def _severity(value: object) -> str:
    word = values.text(value)
    if word not in _WORDS:
        raise wrong("unknown-value", f"“{word}” does not say how grave that is", f"write one of {', '.join(_WORDS)}")
    return word


def _possible(chosen: dict[str, str]) -> dict[str, str]:
    for code in TOLD & chosen.keys():
        if chosen[code] == "error":
            told = f"`{code}` is told by `check` alone and holds nothing back"
            raise wrong("not-a-choice", told, f"write `{code}: warning` or `{code}: off`")
    return chosen


Severities = Annotated[
    dict[
        Annotated[str, PlainValidator(_code), WithJsonSchema({"type": "string", "enum": sorted(CODES)})],
        Annotated[
            Literal["error", "warning", "off"],
            PlainValidator(_severity),
            WithJsonSchema({"type": "string", "enum": list(_WORDS)}),
        ],
    ],
    AfterValidator(_possible),
]
