"""What a network may be able to do beyond plain text, each named once.

A network lists those that it has. What a post wants and a network has not is refused when the post is checked: nothing
is ever left out in silence. docs/features.md shows who has what.
"""

from enum import StrEnum


class Feature(StrEnum):
    """The value is what the page of features calls it."""

    MARKS = "bold and italic"
    LABELLED_LINK = "links behind words"
    TAG = "hashtags"
    MENTION = "mentions"
    LANGUAGE = "the language of a post"
    THREAD = "threads"
    LINK_CARD = "link cards"
    BUTTON = "buttons that lead to a link"
    PICTURE = "a picture"
    ALBUM = "several pictures"
    ALT = "words for who cannot see a picture"
    FOCUS = "the point of a picture that stays in view"
    ANIMATION = "a moving picture without sound"
    VIDEO = "a video"
    POLL = "polls"
    WARNING = "content warnings"
    SENSITIVE = "pictures that are hidden at first"
    LABEL = "labels of the account's own"
    VISIBILITY = "who sees a post"
    REPLY_RULES = "who may reply"
    QUOTE_RULES = "who may quote"
    QUOTE = "quoting an own post"
    BOOST = "showing an own post again"
    PIN = "pinning"
    OUTLINE_TAGS = "hashtags beside the text"
    SILENT = "without a sound"
    PROTECT = "no forwarding"
    PREVIEW = "how a link is shown"
    TOPIC = "topics of a group"
    EDIT = "changing a public post"
