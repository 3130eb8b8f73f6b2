"""One account's records, and the rules of writing them: above all those that make a replay harmless."""

from dataclasses import asdict, dataclass
from typing import Any

from amplify.testing.bluesky.identifiers import cid_of
from amplify.testing.bluesky.lexicon import InvalidRecord, check_key, check_record
from amplify.testing.bluesky.xrpc import refuse

#: The `swapRecord` of a request that has none: null means something else.
ANYTHING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`number` orders it among the posts of all networks, `at` is campaign time: both of the first write."""

    collection: str
    rkey: str
    cid: str
    value: dict[str, Any]
    number: int
    at: str


class Repository:
    """`kept` is the account's part of the memory: collection and key → record."""

    def __init__(self, did: str, kept: dict[str, Any]) -> None:
        self._did = did
        self._kept = kept

    def uri(self, record: Record) -> str:
        return f"at://{self._did}/{record.collection}/{record.rkey}"

    def get(self, collection: str, rkey: str) -> Record | None:
        found = self._kept.get(f"{collection}/{rkey}")
        return Record(**found) if found else None

    def all(self, collection: str) -> list[Record]:
        """By key, which for posts is by time."""
        return [Record(**self._kept[path]) for path in sorted(self._kept) if path.startswith(f"{collection}/")]

    @property
    def everything(self) -> list[Record]:
        return [Record(**kept) for kept in self._kept.values()]

    @property
    def collections(self) -> list[str]:
        return sorted({path.partition("/")[0] for path in self._kept})

    @staticmethod
    def judge(collection: str, rkey: str, value: Any) -> str:
        """The CID that the record would have. Raises Refused."""
        try:
            check_key(collection, rkey)
            check_record(collection, value)
            return cid_of(value)
        except (InvalidRecord, ValueError) as wrong:
            raise refuse(400, "InvalidRequest", str(wrong)) from None

    def is_there(self, record: Record, swap: object) -> bool:
        """Whether exactly this record stands already, and a put is nothing to do.

        Raises Refused where the request names another predecessor than the one that stands: null names none.
        """
        stands = self.get(record.collection, record.rkey)
        if stands is not None and stands.cid == record.cid:
            return True
        self.check_swap(record.collection, record.rkey, swap)
        return False

    def check_swap(self, collection: str, rkey: str, swap: object) -> None:
        """Raises Refused."""
        stands = self.get(collection, rkey)
        cid = stands.cid if stands else None
        if swap is not ANYTHING and swap != cid:
            raise refuse(400, "InvalidSwap", f"Record was at {cid or 'null'}")

    def write(self, record: Record) -> None:
        """Whatever stood there before is replaced, in its old place on the wall."""
        before = self.get(record.collection, record.rkey)
        kept = asdict(record)
        if before is not None:
            kept |= {"number": before.number, "at": before.at}
        self._kept[f"{record.collection}/{record.rkey}"] = kept

    def delete(self, collection: str, rkey: str) -> bool:
        return self._kept.pop(f"{collection}/{rkey}", None) is not None
