"""The keyboard under a message: in channels only an inline one, here of buttons that open an address."""

from typing import Any

from amplify.testing.telegram.entities import checked_url
from amplify.testing.telegram.words import bad

_MOST = 100
_MOST_IN_A_ROW = 8


def checked_markup(markup: dict[str, Any]) -> dict[str, Any]:
    """As Telegram keeps it; empty for none. Raises Refused."""
    if not markup:
        return {}
    if set(markup) != {"inline_keyboard"} or not isinstance(markup["inline_keyboard"], list):
        raise bad("inline keyboard expected")
    rows = [[_checked_button(button) for button in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > _MOST or any(len(row) > _MOST_IN_A_ROW for row in rows):
        raise bad("reply markup is too long")
    return {"inline_keyboard": rows} if rows else {}


def _checked_button(button: Any) -> dict[str, str]:
    match button:
        case {"text": str(text), "url": str(url)} if text.strip():
            pass
        case {"text": str(text)} if text.strip():
            raise bad("Text buttons are unallowed in the inline keyboard")
        case _:
            raise bad("inline keyboard button text must be non-empty")
    try:
        return {"text": text, "url": checked_url(url)}
    except ValueError as wrong:
        raise bad(f"inline keyboard button URL '{url}' is invalid: {wrong}") from None
