"""What is doubtful about a number: pure questions about a figure, its history and those beside it (decision 0021).

A doubt either refuses the number, or asks for a second person who says why it is true and where that stands. Nothing
is rounded and nothing is dropped in silence. All is judged as of a day: what becomes known later makes nothing false
before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amplify.domain.figure import Bounds, Figure, Kind, Qualifier, Version, version_id

#: Around its day, an exact number says whether “more than 1500” is true: so long before it, and so long after it.
_BEFORE = timedelta(days=7)
_AFTER = timedelta(days=45)
#: A year below this has lost two of its digits.
_FIRST_YEAR = 1900
_PERCENT = 100
#: “about” and “almost” are that near, in percent.
_NEAR = 10
_PREFER = "keep both figures, and write `preferred: true` at the one that posts are to print"
#: Two series have a smaller number than this in common by chance.
_TELLING = 100
#: Words that leave room for another number.
_LOOSE = frozenset({Qualifier.ABOUT, Qualifier.ALMOST, Qualifier.UP_TO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """`refuses`: nobody can confirm it as it is; else a second person can, with a reason and the page it stands on."""

    code: str
    message: str
    hint: str
    refuses: bool = True


def doubts(figure: Figure, others: Iterable[Figure] = (), *, today: date) -> tuple[Doubt, ...]:
    """Everything doubtful about the number in force, against its own history and the other figures, as of a day.

    For a number that is only proposed, ask about `figure.replaced(version)`.
    """
    before = baseline(figure)
    others = tuple(others)
    beside = tuple(_beside(figure, others))
    found = [*_dates(figure, today), *_parts(figure), *_bounds(figure), *_order(figure)]
    if before is not None:
        found += _change(figure, before)
    if untrue := untrue_since(figure, beside):
        since, told = untrue
        if since <= today:
            found.append(
                Doubt(code="qualifier-false", message=told, hint="give the exact number, or a word that is true of it")
            )
    return (*found, *_two_sources(figure, beside), *_other_series(figure, others))


def people_needed(figure: Figure, rule: int, found: Iterable[Doubt]) -> int:
    """How many people must have looked at the number; `rule` is what the campaign asks for at least."""
    return max(rule, figure.bounds.people or 1, 1 + any(not doubt.refuses for doubt in found))


def baseline(figure: Figure) -> Version | None:
    """The newest earlier version that nothing has corrected since: what a change is measured by."""
    wrong = {version.corrects for version in figure.versions if version.corrects}
    stood = [version for version in figure.history if version_id(figure, version) not in wrong]
    return stood[-1] if stood else None


def jump(before: Version, now: Version, bounds: Bounds) -> str:
    """How a number goes beyond what may happen at once; empty where it does not."""
    old, new = _middle(before), _middle(now)
    step = new - old
    percent = abs(step) * _PERCENT / old if old else 0
    most = bounds.max_rise_pct if step > 0 else bounds.max_drop_pct
    said = f"{now.counted} ({now.as_of}) after {before.counted} ({before.as_of}): {abs(step)} {'more' if step > 0 else 'less'}"
    if bounds.max_step is not None and abs(step) > bounds.max_step:
        return f"{said}; up to {bounds.max_step} at once is usual"
    if most is not None and percent > most:
        return f"{said}, {percent:.1f} %; up to {most} % at once is usual"
    return ""


def untrue_since(figure: Figure, others: Iterable[Figure]) -> tuple[date, str] | None:
    """From which day on an exact number for the same thing says that the figure's qualifier is false, and how.

    The day is that of the exact number, when people could know it: a post at a slot before it is not wrong.
    """
    if figure.value is None or figure.qualifier is Qualifier.EXACT:
        return None
    found = [
        (max(version.as_of, version.published_on or version.as_of, figure.as_of), told)
        for owner, version in _exact(figure, others)
        if -_BEFORE <= version.as_of - figure.as_of <= _AFTER and (told := _denied(figure, owner, version))
    ]
    return min(found) if found else None


def _dates(figure: Figure, today: date) -> Iterator[Doubt]:
    if figure.as_of.year < _FIRST_YEAR:
        told = f"{figure.as_of} is in the year {figure.as_of.year}"
        yield Doubt(code="two-digit-year", message=told, hint="write the year with four digits: `2023-05-21`")
        return
    if figure.as_of > today:
        hint = "write the day that the number speaks of; a day that is still to come cannot be counted"
        yield Doubt(code="future-date", message=f"{figure.as_of} is still to come (today is {today})", hint=hint)
    read = figure.retrieved_at.date() if figure.retrieved_at else None
    for seen, what in ((figure.published_on, "published"), (read, "read")):
        if seen is not None and seen < figure.as_of:
            told = f"it was {what} on {seen}, before the day that it speaks of, {figure.as_of}"
            yield Doubt(code="dates-crossed", message=told, hint="look at both dates: one of them is mistyped")


def _parts(figure: Figure) -> Iterator[Doubt]:
    whole = figure.value if figure.value is not None else figure.high
    for name, part in figure.breakdown.items():
        if whole is not None and part > whole:
            told = f"the part `{name}` ({part}) is more than the whole ({whole})"
            yield Doubt(code="part-too-large", message=told, hint="check both numbers at the source")


def _bounds(figure: Figure) -> Iterator[Doubt]:
    low, high = _ends(figure)
    bounds = figure.bounds
    hint = f"look at the source again; if it is true, change `limits` of {figure.id} in config/figures.yaml first"
    if bounds.min is not None and low < bounds.min:
        yield Doubt(code="below-min", message=f"{low} is less than {bounds.min}, the least that is likely", hint=hint)
    if bounds.max is not None and high > bounds.max:
        yield Doubt(code="above-max", message=f"{high} is more than {bounds.max}, the most that is likely", hint=hint)
    before = baseline(figure)
    if high == 0 and bounds.min is None and before is not None and _middle(before) > 0:
        told = f"0, after {before.counted}: that is what a page says that could not be read"
        yield Doubt(
            code="below-min", message=told, hint=f"if it is true, write `limits: {{min: 0}}` at {figure.id} first"
        )
    if figure.kind is Kind.ESTIMATE and not figure.period:
        told = "an estimate says nothing without the stretch of time that it is about"
        yield Doubt(code="period-missing", message=told, hint="say which: `period: 2021/2022`, or `--period`")


def _order(figure: Figure) -> Iterator[Doubt]:
    """A number that is older than the one it replaces, or for the same day."""
    if not figure.history:
        return
    last = figure.history[-1]
    if figure.corrects and figure.corrects not in {version_id(figure, version) for version in figure.history}:
        told = f"{figure.id} has no version {figure.corrects}"
        hint = f"`amplify figures show {figure.id}` lists them"
        yield Doubt(code="unknown-version", message=told, hint=hint)
    elif figure.as_of < last.as_of and not figure.corrects:
        told = f"{figure.as_of} is before {last.as_of}, the day of the number in force ({last.counted})"
        yield Doubt(
            code="older", message=told, hint=f"if that one is wrong, this one `corrects` it: {version_id(figure, last)}"
        )
    elif _restated(figure, last) and not figure.corrects:
        told = f"for {figure.as_of} {last.source.name} said {last.counted} before, and now {figure.counted}"
        hint = f"if the earlier one was wrong, this one `corrects` it: {version_id(figure, last)}"
        yield Doubt(code="same-day", message=told, hint=hint)


def _restated(now: Version, last: Version) -> bool:
    return now.as_of == last.as_of and now.source.name == last.source.name and now.plain != last.plain


def _change(figure: Figure, before: Version) -> Iterator[Doubt]:
    falls = _middle(figure) < _middle(before)
    if figure.bounds.monotone and falls and not figure.corrects:
        told = f"this figure only ever grows, and {figure.counted} is less than {before.counted} of {before.as_of}"
        hint = f"if that one was wrong, this one `corrects` it: {version_id(figure, before)}"
        loose = figure.qualifier in _LOOSE or before.qualifier in _LOOSE
        yield Doubt(code="falls", message=told, hint=hint, refuses=not loose)
    elif told := jump(before, figure, figure.bounds):
        hint = "look at the source for the reason; a second person confirms it, with that reason and the page"
        yield Doubt(code="jump", message=told, hint=hint, refuses=False)


def _two_sources(figure: Figure, others: Iterable[Figure]) -> Iterator[Doubt]:
    """G10: two sources of one definition and one day disagree. Both stay; one of them is to be preferred."""
    rivals: list[tuple[str, Version, bool]] = [(other.id, other, other.preferred) for other in others]
    if figure.history and not figure.corrects:
        rivals.append((figure.id, figure.history[-1], False))
    for owner, rival, preferred in rivals:
        differs = (
            rival.as_of == figure.as_of and rival.source.name != figure.source.name and rival.plain != figure.plain
        )
        if differs and not figure.preferred:
            apart = abs(_middle(rival) - _middle(figure))
            told = (
                f"for {figure.as_of} {figure.source.name} says {figure.counted} and {rival.source.name} says "
                f"{rival.counted} ({owner}): {apart} apart"
            )
            hint = f"{owner} is preferred: print that one" if preferred else _PREFER
            yield Doubt(code="two-sources", message=told, hint=hint, refuses=False)


def _other_series(figure: Figure, others: Iterable[Figure]) -> Iterator[Doubt]:
    """G9: the very number that another series has for that day was likely meant for that one."""
    for other in others:
        strange = figure.definition_id and other.definition_id and other.definition_id != figure.definition_id
        numbers = {(version.as_of, version.plain) for version in other.versions} if strange else set()
        if (figure.as_of, figure.plain) in numbers and _middle(figure) >= _TELLING:
            told = f"{figure.plain} of {figure.as_of} is what {other.id} says, and that counts `{other.definition_id}`"
            hint = f"look at the source what it counts; {figure.id} counts `{figure.definition_id}`"
            yield Doubt(code="other-series", message=told, hint=hint, refuses=False)


def _beside(figure: Figure, others: Iterable[Figure]) -> Iterator[Figure]:
    """Other figures that count the same and may be printed."""
    for other in others:
        same = figure.definition_id and other.definition_id == figure.definition_id
        if same and other.id != figure.id and not other.held:
            yield other


def _exact(figure: Figure, others: Iterable[Figure]) -> Iterator[tuple[str, Version]]:
    """Every exact number that is known of the same thing, and of which figure it is."""
    for owner in (figure, *_beside(figure, others)):
        wrong = {version.corrects for version in owner.versions if version.corrects}
        for version in owner.versions:
            exact = version.qualifier is Qualifier.EXACT and version.value is not None
            if exact and version_id(owner, version) not in wrong:
                yield owner.id, version


def _denied(figure: Figure, owner: str, exact: Version) -> str:
    """How an exact number contradicts the figure's words; empty where it does not."""
    said, known = figure.value or 0, exact.value or 0
    near = abs(known - said) * _PERCENT <= _NEAR * said
    true = {
        Qualifier.MORE_THAN: known > said,
        Qualifier.AT_LEAST: known >= said,
        Qualifier.ALMOST: known < said and near,
        Qualifier.UP_TO: known <= said,
        Qualifier.ABOUT: near,
    }
    if true.get(figure.qualifier, True):
        return ""
    where = "" if owner == figure.id else f" ({owner})"
    return f"“{figure.counted}” is not true: {exact.source.name} counted exactly {known} on {exact.as_of}{where}"


def _ends(version: Version) -> tuple[int, int]:
    if version.value is not None:
        return version.value, version.value
    return version.low or 0, version.high or 0


def _middle(version: Version) -> int:
    low, high = _ends(version)
    return (low + high) // 2
