"""For whom a delivery waits: how many yeses it needs, who gave one, and whose would count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amplify.cli.at_hand import AtHand
from amplify.cli.told import listed, many
from amplify.domain.approval import Approval
from amplify.domain.delivery import Delivery, State
from amplify.domain.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`said` are the yeses to the words as they are now."""

    needed: int
    said: Sequence[Approval]
    may: frozenset[str]

    def told(self) -> str:
        """`needs 1 yes (editor said yes: “checked”): reviewer may`."""
        gave = [f"{yes.by} said yes{f': “{yes.note}”' if yes.note else ''}" for yes in self.said]
        said = f" ({', '.join(gave)})" if gave else ""
        may = f": {listed(self.may, 'or')} may" if self.may else ": nobody else may"
        return f"needs {many(self.needed, 'yes', 'yeses')}{said}{may}"

    def as_json(self, key: Key) -> dict[str, object]:
        said = [{"by": yes.by, "note": yes.note} for yes in self.said]
        return {"key": str(key), "still_needed": self.needed, "said": said, "may": sorted(self.may)}


def waiting(rows: Sequence[Delivery], desk: AtHand) -> Mapping[Key, Waiting]:
    """Of what is planned."""
    planned = [row for row in rows if row.state is State.PLANNED]
    stand, needed = desk.ledger.approvals(row.key for row in planned), desk.still_needed(planned)
    waits: dict[Key, Waiting] = {}
    for row in planned:
        said = sorted((yes for yes in stand.get(row.key, ()) if yes.digest == row.digest), key=lambda yes: yes.by)
        waits[row.key] = Waiting(needed=needed[row.key], said=said, may=desk.may(row, said))
    return waits
