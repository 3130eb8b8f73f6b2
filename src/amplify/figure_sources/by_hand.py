"""`kind: by-hand`: nothing is fetched; people are reminded to look at the page, and type what it says."""

from collections.abc import Mapping
from dataclasses import dataclass

from amplify.domain.recipe import BY_HAND, Counted, Told, Unusable
from amplify.ports.figure_source import Page


@dataclass(frozen=True, slots=True)
class ByHand:
    name: str = BY_HAND
    port: int = 1
    accepts: frozenset[str] = frozenset()

    @property
    def options(self) -> Mapping[str, str]:
        return {}

    def problems(self, options: Mapping[str, Told]) -> Mapping[str, str]:  # noqa: ARG002 - the port's signature
        return {}

    def count(self, page: Page, options: Mapping[str, Told]) -> Counted:  # noqa: ARG002 - the port's signature
        """Raises Unusable."""
        raise Unusable(f"a person looks at {page.url}")


PEOPLE = ByHand()
