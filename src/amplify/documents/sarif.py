"""Problems as SARIF 2.1.0, the format in which code hosts and editors take findings of any tool."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from amplify.domain.problem import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What the places of findings are relative to.
_ROOT = "CAMPAIGN"


def sarif(problems: Sequence[Problem], *, root: str, version: str) -> str:
    """One JSON value on one line. `root` is the campaign's folder as a URI that ends with a slash."""
    rules = {problem.code: problem for problem in reversed(problems)}
    index = {code: number for number, code in enumerate(sorted(rules))}
    run = {
        "tool": {
            "driver": {"name": "amplify", "version": version, "rules": [_rule(rules[code]) for code in sorted(rules)]}
        },
        "originalUriBaseIds": {_ROOT: {"uri": root}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index[problem.code]) for problem in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _rule(problem: Problem) -> dict[str, object]:
    return {
        "id": problem.code,
        "shortDescription": {"text": problem.code.replace("-", " ").capitalize()},
        "defaultConfiguration": {"level": problem.severity.value},
    }


def _result(problem: Problem, rule: int) -> dict[str, object]:
    place = problem.place
    hint = f" ({problem.hint})" if problem.hint else ""
    where = {
        "artifactLocation": {"uri": quote(place.file), "uriBaseId": _ROOT},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": f"{problem.message}{hint}"},
        "locations": [{"physicalLocation": where}],
    }
