"""What is wrong in a part of a text that was cut: the words of that part, as the revision that was sent has them."""

from collections.abc import Iterable
from dataclasses import replace

from amplify.domain.mistake import Mistake
from amplify.domain.wanted import Wanted
from amplify.ports.ledger import Ledger
from amplify.services.revision_copy import Copy, copy_of
from amplify.services.story import Story, stories
from amplify.services.workshop import Workshop


def as_cut(found: Iterable[Mistake], ledger: Ledger, workshop: Workshop) -> list[Mistake]:
    """The same, with the parts that were sent; what is written now may be cut elsewhere. Raises LedgerError."""
    found = list(found)
    if not any(one.is_cut for one in found):
        return found
    told, copies = stories(ledger.history()), dict[int, Copy | None]()

    def sent(number: int) -> Copy | None:
        if number not in copies:
            revision = ledger.revision(number) if number else None
            copies[number] = copy_of(revision, workshop) if revision is not None else None
        return copies[number]

    made = []
    for one in found:
        cut: dict[tuple[str, str], Wanted] = {}
        for row in one.rows if one.is_cut else ():
            copy = sent(told.get(str(row.key), Story()).revision)
            wanted = copy.wanted.get(row.key) if copy is not None else None
            if wanted is not None:
                cut.setdefault((wanted.channel.network, wanted.channel.language), wanted)
        made.append(replace(one, cut=cut))
    return made
