"""`kind: html-table`: rows of one table of a web page."""

from collections.abc import Mapping
from dataclasses import dataclass

from amplify.domain.recipe import Counted, Told, Unusable
from amplify.figure_sources import rows
from amplify.ports.figure_source import Page


@dataclass(frozen=True, slots=True)
class HtmlTable:
    name: str = "html-table"
    port: int = 1
    accepts: frozenset[str] = frozenset({"text/html", "application/xhtml+xml"})

    @property
    def options(self) -> Mapping[str, str]:
        return {**rows.OPTIONS, "table": "The `id` of the table in the page."}

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:
        wrong = rows.problems(options)
        if not isinstance(options.get("table"), str):
            wrong["table"] = "write the `id` that the table has in the page, `table: list`"
        return wrong

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:
        """Raises Unusable."""
        from bs4 import BeautifulSoup, Tag

        found = BeautifulSoup(page.text, "html.parser").find_all("table", id=str(options["table"]))
        if len(found) != 1 or not isinstance(found[0], Tag):
            raise Unusable(f"the page has {len(found) or 'no'} tables with the id “{options['table']}”")
        lines = [
            [" ".join(cell.get_text(" ").split()) for cell in line.find_all(["th", "td"])]
            for line in found[0].find_all("tr")
        ]
        lines = [line for line in lines if line]
        if not lines:
            raise Unusable("the table is empty")
        return rows.count_rows(lines[0], lines[1:], options)


HTML_TABLE = HtmlTable()
