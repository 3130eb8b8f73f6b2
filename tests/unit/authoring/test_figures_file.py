"""A confirmed number in config/figures.yaml: its lines change, and no other byte does."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amplify.authoring.reading.figures import as_written
from amplify.authoring.reading.nodes import Table
from amplify.authoring.reading.tree import parse
from amplify.authoring.reading.words import Known
from amplify.authoring.writing.figures_file import FiguresOnDisk, rewritten
from amplify.domain.figure import Figure, Source, Status, Version
from amplify.ports.figures_file import CannotWrite

OURS = (Path(__file__).parents[3] / "config" / "figures.yaml").read_bytes()
NEW = Version(
    as_of=date(2027, 5, 10),
    value=1234,
    source=Source(name="Wick, Lamp & Co.", url="https://wick.example/may#count"),
    breakdown={"red": 12},
    reason='many were "lit": #1',
    retrieved_at=datetime(2027, 5, 11, 9, 5, tzinfo=UTC),
    entered_by="editor",
    confirmed_by="reviewer",
)
RANGE = replace(NEW, value=None, low=10, high=20, period="2027", breakdown={})
LINES = """\
# Ours.
lamps:  # the lamps
  label: {en: Lamps}
  # counted by hand
  value: 1000  # at noon
  as_of: 2027-04-10
  source: {name: Wick}
  note: |
    # no comment, but words
    and more
  raw: '1.000*'  # as printed

  # at the end
other:
  label: {en: Other}
  value: 7
  as_of: 2027-04-10
  source: {name: Wick}
"""


def figures(content: bytes) -> dict[str, Figure]:
    node = parse("config/figures.yaml", content)
    assert isinstance(node, Table)
    read, problems = as_written(node, Known())
    assert [problem for problem in problems if problem.is_error] == []
    return read


def changed(old: bytes, new: bytes) -> tuple[list[str], list[str]]:
    """Lines that went, and lines that came."""
    before, after = old.decode().splitlines(), new.decode().splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


@pytest.mark.parametrize("name", list(figures(OURS)))
@pytest.mark.parametrize("version", [NEW, RANGE], ids=["value", "range"])
def test_the_project_s_own_file_changes_in_the_lines_of_one_figure_only(name: str, version: Version):
    old = figures(OURS)
    made = rewritten(OURS, old[name], version)
    new = figures(made)
    assert new[name].versions == (*old[name].versions, version)
    assert new[name].status is Status.CONFIRMED
    assert {n: f for n, f in new.items() if n != name} == {n: f for n, f in old.items() if n != name}
    begins, text = OURS.index(f"\n{name}:".encode()), made.decode()
    assert made.startswith(OURS[:begins])
    later = [other for other in old if OURS.index(f"\n{other}:".encode()) > begins]
    if later:
        rest = OURS[OURS.index(f"\n{later[0]}:".encode()) :].decode()
        assert text.endswith(rest)
    comments = [line for line in OURS.decode().splitlines() if line.lstrip().startswith("#")]
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == comments


def test_again_and_again_the_history_grows_and_nothing_else():
    content, name = OURS, "political_prisoners"
    for day in range(1, 6):
        content = rewritten(content, figures(content)[name], replace(NEW, as_of=date(2027, 5, day), value=1000 + day))
    old, new = figures(OURS)[name], figures(content)[name]
    assert [version.value for version in new.versions] == [v.value for v in old.versions] + [
        1001,
        1002,
        1003,
        1004,
        1005,
    ]
    assert new.versions[: len(old.versions)] == old.versions


def test_comments_stay_also_those_behind_a_line_that_goes():
    made = rewritten(LINES.encode(), figures(LINES.encode())["lamps"], NEW).decode()
    assert "  value: 1234  # at noon\n" in made
    assert "lamps:  # the lamps\n" in made
    assert "  # counted by hand\n" in made
    assert "\n  # as printed\n" in made
    assert made.index("history:") < made.index("\n\n  # at the end\n")
    assert made.endswith(LINES[LINES.index("other:") :])
    old = figures(made.encode())["lamps"].history[-1]
    assert (old.raw, old.note) == ("1.000*", "# no comment, but words\nand more")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "byte order mark"])
def test_windows_line_ends_and_a_byte_order_mark_stay(mark: bytes):
    old = mark + LINES.replace("\n", "\r\n").encode()
    made = rewritten(old, figures(old)["lamps"], NEW)
    assert made.startswith(mark + b"# Ours.\r\n")
    assert made.count(b"\n") == made.count(b"\r\n")


@pytest.mark.parametrize(
    "written",
    [
        "lamps: {label: {en: Lamps}, value: 1000, as_of: 2027-04-10, source: {name: Wick}}\n",
        "lamps:\n  label: {en: Lamps}\n  value: 1000\n  as_of: 2027-04-10\n  source: {name: Wick}\n  history: []\n",
        (
            "lamps:\n  history: [{value: 1, as_of: 2027-01-01, source: {name: Wick}},\n    ]\n  label: {en: Lamps}\n"
            "  value: 1000\n  as_of: 2027-04-10\n  source: {name: Wick}"
        ),
        (
            "lamps:\n    source:\n        url: 'https://wick.example'  # where\n        name: Wick\n    label: {en: Lamps}\n"
            "    range:\n        low: 1\n        high: 2\n    as_of: 2027-04-10\n    breakdown:\n    - {key: red, value: 1}\n"
        ),
        (
            "lamps:\n  label: {en: Lamps}\n  value: 1000\n  as_of: 2027-04-10\n  source: {name: Wick}\n  history:\n  - value: 1\n"
            "    as_of: 2027-01-01\n    source: {name: Wick}\n    # looked up\n  status: proposed\n"
        ),
    ],
    ids=["on one line", "an empty history", "a history in brackets", "in lines of its own", "a list at the margin"],
)
@pytest.mark.parametrize("version", [NEW, RANGE], ids=["value", "range"])
def test_however_it_is_written(written: str, version: Version):
    old = figures(written.encode())["lamps"]
    assert figures(rewritten(written.encode(), old, version))["lamps"].versions == (*old.versions, version)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (
            (
                "other: {label: {en: O}, value: 1, as_of: 2027-04-10, source: &w {name: Wick}}\n"
                "lamps:\n  label: {en: Lamps}\n  value: 1000\n  as_of: 2027-04-10\n  source: *w\n"
            ),
            "a reference",
        ),
        (
            "lamps: {label: {en: Lamps}, value: 1000,\n  # counted\n  as_of: 2027-04-10, source: {name: Wick}}\n",
            "cannot change safely",
        ),
    ],
)
def test_what_cannot_be_changed_safely_is_left_alone(written: str, why: str):
    with pytest.raises(CannotWrite, match=why):
        rewritten(written.encode(), figures(written.encode())["lamps"], NEW)


def test_a_figure_that_somebody_else_has_just_changed_is_left_alone():
    seen = figures(LINES.encode())["lamps"]
    with pytest.raises(CannotWrite, match="cannot change safely"):
        rewritten(LINES.replace("1000", "1001").encode(), seen, NEW)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "figures.yaml").write_text(LINES)
    return tmp_path


def test_the_file_keeps_its_mode_and_nothing_is_left_beside_it(root: Path):
    path = root / "config" / "figures.yaml"
    path.chmod(0o640)
    FiguresOnDisk(root).put(figures(LINES.encode())["lamps"], NEW)
    assert figures(path.read_bytes())["lamps"].now == NEW
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["figures.yaml"]


def test_a_link_to_a_file_elsewhere_stays_a_link(root: Path):
    path, elsewhere = root / "config" / "figures.yaml", root / "shared.yaml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    FiguresOnDisk(root).put(figures(LINES.encode())["lamps"], NEW)
    assert path.is_symlink()
    assert "value: 1234" in elsewhere.read_text()


def test_a_file_that_is_gone_is_told(root: Path):
    (root / "config" / "figures.yaml").unlink()
    with pytest.raises(CannotWrite, match="cannot be written"):
        FiguresOnDisk(root).put(figures(LINES.encode())["lamps"], NEW)
