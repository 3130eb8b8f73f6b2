"""One revision, read: every post that it has, and what each delivery was made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from amplify.domain.key import Key
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.ledger import Revision
from amplify.services.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One revision, with every delivery it asks for under its key and under its former key."""

    revision: int
    written: Written
    wanted: Mapping[Key, Wanted]

    def made_of(self, key: Key) -> Wanted | None:
        """What a delivery was made of; for a part of a text that has since become too short to be cut, that text."""
        found, uncut = self.wanted.get(key), self.wanted.get(key.thread)
        return uncut if found is None and uncut is not None and uncut.post.split else found


def copy_of(revision: Revision, workshop: Workshop) -> Copy:
    written = workshop.author.read(revision.files)
    wanted: dict[Key, Wanted] = {}
    for each in workshop.wanted(written):
        wanted[each.key] = each
        if each.former is not None:
            wanted.setdefault(each.former, each)
    return Copy(revision=revision.id, written=written, wanted=wanted)
