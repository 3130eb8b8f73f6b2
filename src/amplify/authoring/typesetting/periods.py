"""An estimate says nothing without the stretch of time that it is about: it goes out with it, or not at all."""

import re
from collections.abc import Iterable

from amplify.domain.figure import Figure, Kind
from amplify.ports.author import UnusableText

_YEAR = re.compile(r"\d{4}")


def check_periods(text: str, printed: Iterable[Figure]) -> None:
    """Raises UnusableText where the text names not every year of an estimate's period."""
    for figure in printed:
        if lacks_years(text, figure):
            told = f"{figure.id} is an estimate for {figure.period}, and the text does not say so"
            hint = f"say it in its `label`, or write `{{{{ figure.{figure.id}.period }}}}`"
            raise UnusableText(told, code="period-missing", hint=hint)


def lacks_years(text: str, figure: Figure) -> bool:
    """Whether a text leaves out a year of the period that an estimate is about."""
    years = _YEAR.findall(figure.period) if figure.kind is Kind.ESTIMATE else []
    return any(year not in text for year in years)
