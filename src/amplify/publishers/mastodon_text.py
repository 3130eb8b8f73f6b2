"""How a text is written out and measured on Mastodon: plainly, the address of a link behind its words."""

from dataclasses import replace

from amplify.domain.rendition import Limits
from amplify.domain.richtext import RichText, Span
from amplify.publishers.measure import as_mastodon, graphemes
from amplify.publishers.reshape import Edit, is_bare, links, reshaped

PER_URL = 23


def length_of(text: str, warning: str, limits: Limits) -> int:
    """The warning counts in full, without discounts."""
    return as_mastodon(text, limits.per_url or PER_URL) + graphemes(warning)


def written_out(body: RichText) -> RichText:
    """Behind the label of each link its URL, which is then what the span covers."""
    edits: dict[Span, Edit] = {}
    for link in links(body):
        if not is_bare(body, link):
            label, rest = body.text[link.start : link.end], body.text[link.end :]
            if rest.split("\n")[0].strip():
                written = f" ({link.value})"
            else:
                written = f"{'' if label[-1] in ':?!.' else ':'} {link.value}"
            edits[link] = Edit(start=link.end, end=link.end, text=written)
    shown = reshaped(body, edits.values())
    spans = list(shown.spans)
    for old, (at, new) in zip(body.spans, enumerate(shown.spans), strict=True):
        if old in edits:
            start = new.end + edits[old].text.index(old.value)
            spans[at] = replace(new, start=start, end=start + len(old.value))
    return replace(shown, spans=tuple(spans))
