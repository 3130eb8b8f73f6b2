"""Series as one SVG file, to be printed and to be read aloud: dark on white, every number in words, no colour needed.

Each series has an axis and a line of its own, and below it the list of its versions with their days and sources.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from amplify.documents.figures.series import Point, Series

_WIDTH, _LEFT, _RIGHT = 800, 90, 30
_HEAD, _PLOT, _LINE, _GAP = 60, 220, 20, 40
_INK, _GREY = "#1a1a1a", "#595959"
_STYLE = f'font-family="sans-serif" font-size="14" fill="{_INK}"'


def drawing(series: Sequence[Series]) -> str:
    """The whole file."""
    height = sum(_height(one) for one in series)
    title = "; ".join(one.title for one in series)
    parts = [
        _opening(height),
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(" ".join(_aloud(one) for one in series))}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    top = 0
    for one in series:
        parts.append(f'<g transform="translate(0 {top})" {_STYLE}>')
        parts += _panel(one)
        parts.append("</g>")
        top += _height(one)
    return "\n".join([*parts, "</svg>", ""])


def _opening(height: int) -> str:
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">'


def _height(series: Series) -> int:
    return _HEAD + _PLOT + _GAP + _LINE * len(series.points) + _GAP


def _aloud(series: Series) -> str:
    said = "; ".join(_told(point) for point in series.points)
    return f"{series.title}{_about(series)}: {said}."


def _about(series: Series) -> str:
    said = ", ".join(word for word in (series.kind, series.unit, series.definition) if word)
    return f" ({said})"


def _told(point: Point) -> str:
    wrong = ", corrected later" if point.corrected else ""
    period = f", for {point.version.period}" if point.version.period else ""
    return f"{point.on:%d %b %Y}: {point.words}{period} ({point.source}{wrong})"


def _panel(series: Series) -> Iterator[str]:
    yield f'<text x="{_LEFT}" y="28" font-size="18" font-weight="bold">{escape(series.title)}</text>'
    yield f'<text x="{_LEFT}" y="48" fill="{_GREY}">{escape(_about(series).strip(" ()") + _legend(series))}</text>'
    for number in range(0, series.top + 1, series.step):
        y = _y(number, series)
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="#c8c8c8"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 5}" text-anchor="end">{number}</text>'
    first, last = series.points[0].on, series.points[-1].on
    under = _HEAD + _PLOT + 20
    if last == first:
        yield f'<text x="{_x(series.points[0], series)}" y="{under}" text-anchor="middle">{first:%d %b %Y}</text>'
    else:
        yield f'<text x="{_LEFT}" y="{under}">{first:%d %b %Y}</text>'
        yield f'<text x="{_WIDTH - _RIGHT}" y="{under}" text-anchor="end">{last:%d %b %Y}</text>'
    line = " ".join(f"{_x(point, series)},{_y(point.middle, series)}" for point in series.joined)
    yield f'<polyline points="{line}" fill="none" stroke="{_INK}" stroke-width="2"/>'
    for point in series.points:
        yield from _mark(point, series)
    for at, point in enumerate(series.points):
        y = _HEAD + _PLOT + _GAP + _LINE * (at + 1)
        yield f'<text x="{_LEFT}" y="{y}">{_linked(point)}</text>'


def _legend(series: Series) -> str:
    """What marks other than a full dot mean, where there are any."""
    said = (
        (any(point.loose and not point.corrected for point in series.points), "an open dot is not an exact number"),
        (any(point.high > point.low for point in series.points), "a bar is a range"),
        (any(point.corrected for point in series.points), "a cross was corrected"),
    )
    return "".join(f"; {words}" for there, words in said if there)


def _linked(point: Point) -> str:
    """A version in words, leading to its page where it may."""
    told, source = escape(_told(point)), point.version.source
    if not source.url or not source.linked:
        return told
    return f'<a href={quoteattr(source.url)} text-decoration="underline">{told}</a>'


def _mark(point: Point, series: Series) -> Iterator[str]:
    """A full dot is an exact number, an open one has a qualifier, a cross was corrected; a range is a bar."""
    x, y = _x(point, series), _y(point.middle, series)
    if point.high > point.low:
        y1, y2 = _y(point.low, series), _y(point.high, series)
        yield f'<line x1="{x}" y1="{y1}" x2="{x}" y2="{y2}" stroke="{_INK}" stroke-width="6"/>'
    said = f"<title>{escape(_told(point))}</title>"
    if point.corrected:
        cross = f"M{x - 5},{y - 5} l10,10 m0,-10 l-10,10"
        yield f'<path d="{cross}" stroke="{_INK}" stroke-width="2" fill="none">{said}</path>'
    else:
        fill = "#ffffff" if point.loose else _INK
        yield f'<circle cx="{x}" cy="{y}" r="5" fill="{fill}" stroke="{_INK}" stroke-width="2">{said}</circle>'


def _x(point: Point, series: Series) -> float:
    first, last = series.points[0].on, series.points[-1].on
    span, wide = (last - first).days, _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + ((point.on - first).days / span * wide if span else wide / 2), 1)


def _y(number: float, series: Series) -> float:
    return round(_HEAD + _PLOT * (1 - number / series.top), 1)
