"""Counting rows of a table: only those that `where` names, and only where the table has the columns that it should."""

from collections.abc import Iterable, Mapping, Sequence

from amplify.domain.recipe import Counted, Told, Unusable

OPTIONS: Mapping[str, str] = {
    "where": "Which rows count, such as `{status: active}`; without it, every row does.",
    "columns": "Columns that the table must have: a page without them is another page.",
}


def problems(options: Mapping[str, Told]) -> dict[str, str]:
    wrong = {}
    if "where" in options and not isinstance(options["where"], Mapping):
        wrong["where"] = "write a column and what stands in it, `where: {status: active}`"
    if isinstance(options.get("columns"), Mapping):
        wrong["columns"] = "write the names of columns, `columns: [id, status]`"
    return wrong


def count_rows(header: Sequence[str], rows: Iterable[Sequence[str]], options: Mapping[str, Told]) -> Counted:
    """Raises Unusable."""
    names = [" ".join(name.split()).casefold() for name in header]
    where = options.get("where", {})
    wanted = {name.casefold(): word for name, word in where.items()} if isinstance(where, Mapping) else {}
    _all_there([*_listed(options.get("columns", ())), *wanted], names)
    places = {names.index(name): word.casefold() for name, word in wanted.items()}
    seen = counted = 0
    for row in rows:
        if len(row) != len(names):
            raise Unusable(f"row {seen + 1} has {len(row)} columns, and the table has {len(names)}")
        seen += 1
        counted += all(row[place].strip().casefold() == word for place, word in places.items())
    condition = " and ".join(f"{name}={word}" for name, word in where.items()) if isinstance(where, Mapping) else ""
    what = f"{counted} rows with {condition}, of {seen}" if condition else f"{seen} rows"
    return Counted(value=counted, what=what, rows=seen)


def _all_there(wanted: Iterable[str], names: Sequence[str]) -> None:
    missing = [name for name in wanted if name.casefold() not in names]
    if missing:
        raise Unusable(f"the table has no column “{missing[0]}”; it has {', '.join(names[:30])}")


def _listed(told: Told) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)
