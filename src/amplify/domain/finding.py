"""What lint finds in a text.

An error holds the delivery; a warning travels with the rendition and is told, and is no part of what people say yes to.
"""

from dataclasses import dataclass

from amplify.domain.problem import Place, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with a text. `place` is where in the campaign's files, where somebody can tell."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    place: Place | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
