"""Codes that have a page and no severity: what they say holds the text, whatever a campaign wants.

They are found where a text is read, set in type or vetted.
"""

_PROTECT = "protects people, and no setting changes it"
_CANNOT = "cannot go out as it stands, so there is nothing to choose"

#: Code → why a campaign cannot choose.
ALWAYS = {
    **dict.fromkeys(
        (
            "invisible-character",
            "link-on-name-only",
            "misleading-link",
            "risky-excerpt",
            "short-link",
            "too-many-mentions",
            "tracking-link",
            "unknown-mention",
            "unknown-tag",
        ),
        _PROTECT,
    ),
    **dict.fromkeys(
        (
            "bad-alt",
            "missing-alt",
            "missing-language",
            "missing-text",
            "not-quotable",
            "single-braces",
            "stuck-tag",
            "too-long",
            "unknown-link",
            "unknown-name",
            "wrong-day",
        ),
        _CANNOT,
    ),
}
