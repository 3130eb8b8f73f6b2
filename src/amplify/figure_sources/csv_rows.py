"""`kind: csv`: rows of a comma-separated list."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from amplify.domain.recipe import Counted, Told, Unusable
from amplify.figure_sources import rows
from amplify.ports.figure_source import Page

_DELIMITERS = (",", ";", "\t")
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class CsvRows:
    name: str = "csv"
    port: int = 1
    accepts: frozenset[str] = frozenset({"text/csv", "application/csv", "text/plain", "application/octet-stream"})

    @property
    def options(self) -> Mapping[str, str]:
        return {**rows.OPTIONS, "delimiter": "What stands between columns, if it is not a comma: `;`."}

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:
        wrong = rows.problems(options)
        if options.get("delimiter", ",") not in _DELIMITERS:
            wrong["delimiter"] = 'write one of `","`, `";"` and a tab'
        return wrong

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:
        """Raises Unusable."""
        if page.text.lstrip("\ufeff \r\n\t").startswith("<"):
            raise Unusable("a web page came where a list was expected")
        csv.field_size_limit(_LONGEST)
        delimiter = str(options.get("delimiter", ","))
        try:
            lines = list(
                csv.reader(StringIO(page.text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
            )
        except csv.Error as error:
            raise Unusable(f"the list cannot be read: {error}") from error
        lines = [line for line in lines if line]
        if not lines:
            raise Unusable("the list is empty")
        return rows.count_rows(lines[0], lines[1:], options)


CSV = CsvRows()
