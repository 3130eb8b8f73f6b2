"""What people have done about an account outside of amplify, or with its help: lines of the record, and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Deed(StrEnum):
    """What such a line is called."""

    RULES_READ = "rules_read"
    LABEL_ON = "label_on"
    REPLAY_TRIED = "replay_tried"


class Notes(Protocol):
    """The part of a ledger that takes them; `history` has them under the channel's name."""

    def note(self, deed: Deed, channel: str, said: Mapping[str, str], *, now: datetime) -> None: ...

    def noted(self, deed: Deed, channel: str) -> Mapping[str, str]:
        """What was said the last time; nothing where it never was."""
        ...
