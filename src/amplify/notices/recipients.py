"""Who is told, each with the memory of what they were told."""

from collections.abc import Sequence
from pathlib import Path

from amplify.notices.by_courier import AppriseNotifier
from amplify.notices.memory import FileMemory
from amplify.ports.notifier import Memory, Notifier
from amplify.ports.way import Way


def recipients(addresses: Sequence[str], folder: Path, way: Way) -> Sequence[tuple[Notifier, Memory]]:
    """One for each of the `addresses`, which are secrets."""
    return [(AppriseNotifier(address=one, way=way), FileMemory.of(folder, one)) for one in addresses]
