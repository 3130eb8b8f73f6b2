"""`kind: json`: a number somewhere in a document, or the length of a list in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amplify.domain.recipe import Counted, Told, Unusable
from amplify.ports.figure_source import Page


@dataclass(frozen=True, slots=True)
class JsonValue:
    name: str = "json"
    port: int = 1
    accepts: frozenset[str] = frozenset({"application/json", "text/json"})

    @property
    def options(self) -> Mapping[str, str]:
        return {
            "path": "Where the number stands, or the list whose entries count: names with dots between, `meta.total`.",
            "where": "Which entries of the list count, such as `{status: active}`; without it, every entry does.",
        }

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:
        wrong = {}
        if not isinstance(options.get("path"), str):
            wrong["path"] = "write where the number stands, `path: meta.total`"
        if "where" in options and not isinstance(options["where"], Mapping):
            wrong["where"] = "write a name and what stands there, `where: {status: active}`"
        return wrong

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:
        """Raises Unusable."""
        path, where = str(options["path"]), options.get("where")
        try:
            found: Any = json.loads(page.text, parse_float=_fraction)
        except (ValueError, RecursionError) as error:
            raise Unusable("the document is not JSON") from error
        for step in path.split("."):
            if not isinstance(found, dict) or step not in found:
                raise Unusable(f"the document has no `{path}`")
            found = found[step]
        if isinstance(found, list):
            wanted = where if isinstance(where, Mapping) else {}
            kept = sum(1 for one in found if isinstance(one, dict) and _is(one, wanted)) if wanted else len(found)
            condition = " and ".join(f"{name}={word}" for name, word in wanted.items())
            what = (
                f"{kept} entries of `{path}` with {condition}, of {len(found)}"
                if wanted
                else f"{kept} entries of `{path}`"
            )
            return Counted(value=kept, what=what, rows=len(found))
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise Unusable(f"`{path}` is “{str(found)[:40]}”, and not a whole number")
        return Counted(value=found, what=f"`{path}` of the document")


def _is(entry: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    missing = [name for name in wanted if name not in entry]
    if missing:
        raise Unusable(f"an entry has no `{missing[0]}`")
    return all(str(entry[name]).casefold() == word.casefold() for name, word in wanted.items())


def _fraction(written: str) -> str:
    return written


JSON = JsonValue()
