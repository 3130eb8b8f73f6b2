"""Values that are never read as markup.

Every letter that means something to our Markdown is exchanged for a private one before a value enters a
template, and exchanged back when the markup has been read. So neither filters nor macros nor an `~` can ever
turn a value into markup, and `&` and `<` need no escaping at all.
"""

#: Plane 16 is for private use; nobody writes with it.
_FIRST = 0x10FF00
_TO_PRIVATE = {ord(sign): chr(_FIRST + ord(sign)) for sign in "\\*_[]()&<>!"}
#: Those that we use ourselves, as a range of a regular expression.
PRIVATE = f"{chr(_FIRST)}-{chr(_FIRST + 0x7F)}"
_FROM_PRIVATE = {ord(private): chr(sign) for sign, private in _TO_PRIVATE.items()}


def shield(value: str) -> str:
    """The value with nothing in it that is markup."""
    return value.translate(_TO_PRIVATE)


def unshield(text: str) -> str:
    """The letters as they were."""
    return text.translate(_FROM_PRIVATE)
