"""Where the register of protected persons comes from. It is read anew whenever something depends on it."""

from dataclasses import dataclass
from typing import Protocol

from amplify.domain.protected import Register


class Protection(Protocol):
    def read(self) -> Register:
        """The register as it is at this moment; one that cannot be used has a `fault`. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Settled:
    """The register as it was at one moment: for work that looks at thousands of posts, and where there is none."""

    register: Register = Register()  # noqa: RUF009 - it is frozen and says nothing

    def read(self) -> Register:
        return self.register
