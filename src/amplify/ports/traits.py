"""What a server is and takes: optional for a publisher that knows more than its limits."""

from typing import Protocol, runtime_checkable

from amplify.domain.traits import Traits


@runtime_checkable
class HasTraits(Protocol):
    """A connected publisher that says in words what its server is: `software` and `version` first, where it tells them."""

    @property
    def traits(self) -> Traits: ...
