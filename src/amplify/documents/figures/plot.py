"""A series as a plot of characters: an axis of numbers from 0 up, an axis of days, a mark for each version."""

from amplify.documents.figures.series import Point, Series

_EXACT, _LOOSE, _WRONG, _REACH = "●", "○", "×", "│"
_HEIGHT = 12


def plot(series: Series, *, width: int) -> list[str]:
    """Lines of at most `width` characters; `○` is a number with a qualifier, `│` a range, `×` a corrected one."""
    margin = len(str(series.top)) + 1
    across = max(width - margin - 2, 10)
    grid = [[" "] * across for _ in range(_HEIGHT + 1)]
    for point in series.points:
        column = _column(point, series, across)
        for row in range(_row(point.low, series), _row(point.high, series) + 1):
            if grid[row][column] == " ":
                grid[row][column] = _REACH
        grid[_row(point.middle, series)][column] = _WRONG if point.corrected else _LOOSE if point.loose else _EXACT
    marks = {_row(number, series): str(number) for number in range(0, series.top + 1, series.step)}
    lines = [
        f"{marks.get(row, ''):>{margin}} {'┤' if row in marks else '│'}{''.join(grid[row])}".rstrip()
        for row in range(_HEIGHT, -1, -1)
    ]
    first, last = f"{series.points[0].on}", f"{series.points[-1].on}"
    axis = f"{'':>{margin}} └{'─' * across}"
    days = first if first == last else f"{first}{last:>{max(across - len(first), len(last) + 1)}}"
    return [*lines, axis, f"{'':>{margin}}  {days}"]


def _row(number: float, series: Series) -> int:
    return round(number / series.top * _HEIGHT)


def _column(point: Point, series: Series, across: int) -> int:
    first, last = series.points[0].on, series.points[-1].on
    span = (last - first).days
    return round((point.on - first).days / span * (across - 1)) if span else across // 2
