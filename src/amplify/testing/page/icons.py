"""The drawings of the page: plain strokes of our own, defined once and used by name."""

_PATHS = {
    "mastodon": '<path d="M4 5h16v11H9l-5 4z"/><path d="M8 13v-3a2 2 0 0 1 4 0v2m0-2a2 2 0 0 1 4 0v3"/>',
    "bluesky": '<path d="M12 12C10 7 6 4 3 4c0 4 .5 8 4 8.5-3 .5-3 4-1 6s4.5 0 6-4c1.5 4 4 6 6 4s2-5.5-1-6c3.5-.5 4-4.5 4-8.5-3 0-7 3-9 8z"/>',
    "telegram": '<path d="M21 4 3 11l6 2.5L19 6l-8 8.5V20l3-3.5 4 3z"/>',
    "public": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
    "unlisted": '<path d="M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z"/>',
    "private": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "direct": '<circle cx="12" cy="12" r="4"/><path d="M16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-4 7.5"/>',
    "reply": '<path d="M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1"/>',
    "boost": '<path d="m17 3 4 4-4 4M3 11V9a2 2 0 0 1 2-2h16M7 21l-4-4 4-4M21 13v2a2 2 0 0 1-2 2H3"/>',
    "like": '<path d="m12 4 2.5 5.3 5.5.7-4 4 1 5.8-5-2.8-5 2.8 1-5.8-4-4 5.5-.7z"/>',
    "heart": '<path d="M12 20s-8-5-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15 12 20 12 20z"/>',
    "silent": '<path d="M6 16V11a6 6 0 0 1 9-5M18 10v6M4 16h13M10 19a2 2 0 0 0 4 0M3 3l18 18"/>',
    "open": '<path d="M8 16 17 7M10 7h7v7"/>',
}


def sheet() -> str:
    """All of them, hidden; to stand once in the page."""
    symbols = "".join(f'<symbol id="i-{name}" viewBox="0 0 24 24">{path}</symbol>' for name, path in _PATHS.items())
    return f'<svg class="sheet" aria-hidden="true">{symbols}</svg>'


def icon(name: str, meaning: str = "") -> str:
    """With a meaning it is read out; without one it is an ornament."""
    spoken = f'role="img" aria-label="{meaning}"' if meaning else 'aria-hidden="true"'
    title = f"<title>{meaning}</title>" if meaning else ""
    return f'<svg class="icon" {spoken}>{title}<use href="#i-{name}"/></svg>'
