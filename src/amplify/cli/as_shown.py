"""A rendition on a terminal: links, tags and emphasis styled where the network shows them.

Entities count in each network's own unit; a terminal counts in characters.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from amplify.cli.screen import styled
from amplify.documents.posts.offsets import in_characters
from amplify.documents.posts.seen import SeenPoll
from amplify.domain.rendition import Entity, Onto, Rendition
from amplify.services.earlier import Earlier

if TYPE_CHECKING:
    from rich.text import Text

_STYLES: Mapping[str, str] = {
    "bold": "bold",
    "italic": "italic",
    "link": "underline blue",
    "tag": "cyan",
    "mention": "magenta",
}
#: Settings that only spell out another one.
_SPELLED_OUT = frozenset({"button", "warning"})
#: Told by the words of the other post, where those are known.
_EARLIER = frozenset({"quotes", "boosts"})


def as_shown(rendition: Rendition, earlier: Earlier | None = None) -> "Text":
    """The text with its entities styled; a boost has only what it shows again."""
    from rich.text import Text

    if rendition.onto is Onto.BOOST:
        return Text(earlier.line if earlier is not None else f"shows again: {rendition.settings['boosts']}")

    said = Text(rendition.text)
    for start, end, entity in _stretches(rendition):
        said.stylize(_STYLES.get(entity.kind, ""), start, end)
    return said


def extras(rendition: Rendition, earlier: Earlier | None = None) -> list["Text"]:
    """What followers meet besides the text: a warning before it, where links lead, pictures, a button, the settings."""
    settings = rendition.settings
    said = [f"behind the warning: {settings['warning']}"] if "warning" in settings else []
    for start, end, entity in _stretches(rendition):
        if entity.kind == "link" and rendition.text[start:end] != entity.value:
            said.append(f"{rendition.text[start:end]} → {entity.value}")
    said += [f"{shown.sort} {shown.path}: {shown.alt}" for shown in rendition.pictures]
    if card := rendition.link_card:
        said.append(f"card: {card.title} → {card.url}")
        said += [f"  {card.description}"] if card.description else []
        said += [f"  picture {card.picture.path}"] if card.picture is not None else []
    said += [f"button: {button.label} → {button.url}" for button in rendition.buttons]
    if poll := rendition.poll:
        note = SeenPoll(options=poll.options, several=poll.several, hidden=poll.hidden, lasts=poll.lasts).note
        said += [f"poll, {note}:", *(f"  {option}" for option in poll.options)]
    said += ["it stays on top of the account's posts"] if rendition.pin else []
    told = rendition.onto is Onto.BOOST or earlier is not None
    said += [earlier.line] if earlier is not None and not earlier.again else []
    hidden = _SPELLED_OUT | (_EARLIER if told else frozenset())
    said += [f"{name}: {value}" for name, value in settings.items() if name not in hidden]
    return [styled(line, "dim") for line in said]


def _stretches(rendition: Rendition) -> Iterator[tuple[int, int, Entity]]:
    return in_characters(rendition.network, rendition.text, rendition.layout.entities)
