"""Is every line of the error tables held by a test? Each is taken away in a copy of the package, and the tests run.

`python bench/mutants_of_failures.py [MINUTES]` prints, for each mutant, the test that killed it or SURVIVED.
Rows are emptied or turned into their opposite; the border between NotSent and OutcomeUnknown is moved.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[1]
WHERE = Path("amplify/publishers")
TESTS = (
    "test_error_tables_status.py",
    "test_error_tables_transport.py",
    "test_error_tables_secrets.py",
    "test_publishers*.py",
)
AT_ONCE = 2
PATIENCE = 240

#: Of failures.py: what stands there, and what stands there in the mutant.
BORDER = (
    *((f'        "{name}",\n', "") for name in ("ConnectError", "ConnectTimeout", "ConnectTimeoutError")),
    *((f'        "{name}",\n', "") for name in ("NameResolutionError", "NewConnectionError", "PoolTimeout")),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "ReadTimeout",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "ReadTimeoutError",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "ReadError",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "RemoteProtocolError",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "ProtocolError",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "RemoteDisconnected",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "TimeoutError",\n'),
    ('        "PoolTimeout",\n', '        "PoolTimeout",\n        "ConnectionResetError",\n'),
    ("ssl.SSLCertVerificationError)", "ZeroDivisionError)"),
    ("if self.ear.status is not None:", "if False:"),
    ("if heard and row", "if row"),
    ("raise self._judged(error) from None", "raise self._judged(error)"),
    (
        "means = row.means if row is not None else self.otherwise",
        "means = row.means if row is not None else Unavailable",
    ),
    ("means = row.means if row is not None else self.otherwise", "means = row.means if row is not None else Rejected"),
    ("return self.otherwise(f", "return Unavailable(f"),
    ("if until is None:", "if True:"),
    ('text = text.replace(form, "…")', "pass"),
    ('(secret, quote(secret), quote(secret, safe=""))', "(secret,)"),
)
#: Of the tables: answers that must never prove anything.
NEVER = tuple(f'    Row({status}, "", Unavailable),\n' for status in (409, 500, 502, 503, 504, 520))
ROW = re.compile(r"^    \*?\(?Row\(.*$", re.MULTILINE)


def mutants() -> Iterator[tuple[str, str, str]]:
    """(what it is, the file, its text)."""
    failures = (ROOT / "src" / WHERE / "failures.py").read_text(encoding="utf-8")
    for here, there in BORDER:
        if here in failures and here != there:
            yield (
                f"border: {' '.join(here.split())} → {' '.join(there.split()) or 'gone'}"[:130],
                "failures.py",
                failures.replace(here, there, 1),
            )
    tables = (ROOT / "src" / WHERE / "refusals.py").read_text(encoding="utf-8")
    for row in ROW.finditer(tables):
        table = re.findall(r"^([A-Z_]+) = \($", tables[: row.start()], re.MULTILINE)[-1]
        without = tables[: row.start()] + tables[row.end() + 1 :]
        yield f"{table} without {row[0].strip()}"[:110], "refusals.py", without
        if (swapped := _other_way(row[0])) != row[0]:
            other = tables[: row.start()] + swapped + tables[row.end() :]
            yield f"{table} with {swapped.strip()}"[:110], "refusals.py", other
    for table in ("MASTODON", "BLUESKY", "TELEGRAM"):
        for row in NEVER:
            at = f"{table} = (\n"
            yield f"{table} plus {row.strip()}", "refusals.py", tables.replace(at, at + row, 1)


def _other_way(row: str) -> str:
    """A refusal for good as one for now, and the other way round."""
    for here, there in (
        ("Rejected", "Unavailable"),
        ("Unauthorized", "Rejected"),
        ("Throttled", "Unavailable"),
        ("OutcomeUnknown", "Rejected"),
        ("Unavailable", "Rejected"),
        ("Unstaged", "Rejected"),
    ):
        if f", {here}" in row:
            return row.replace(f", {here}", f", {there}", 1)
    return row


def judged(number: int, mutant: tuple[str, str, str]) -> tuple[str, str]:
    """The first test that fails with it, or SURVIVED."""
    what, file, text = mutant
    with tempfile.TemporaryDirectory(prefix=f"mutant-{number}-") as folder:
        shutil.copytree(
            ROOT / "src" / "amplify", Path(folder) / "amplify", ignore=shutil.ignore_patterns("__pycache__")
        )
        (Path(folder) / WHERE / file).write_text(text, encoding="utf-8")
        contract = ROOT / "tests" / "contract"
        files = [
            str(found) for pattern in TESTS for found in sorted(contract.glob(pattern)) if "_real" not in found.name
        ]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "--tb=no",
            "--no-header",
            "-p",
            "no:cacheprovider",
            *files,
        ]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            ran = subprocess.run(  # noqa: S603  our own words
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return what, "killed by the clock"
    failed = re.search(r"^(?:FAILED|ERROR) (\S+::)?(.+?)(?: - .*)?$", ran.stdout, re.MULTILINE)
    return what, f"killed by {failed[2]}" if failed else "SURVIVED" if ran.returncode == 0 else "broken"


def main() -> int:
    until = time.monotonic() + 60 * float(sys.argv[1] if len(sys.argv) > 1 else 30)
    told: list[str] = []

    def one(number: int, mutant: tuple[str, str, str]) -> None:
        what, fate = judged(number, mutant) if time.monotonic() < until else (mutant[0], "not tried: out of time")
        told.append(fate)
        print(f"{fate:90} {what}", flush=True)

    with ThreadPoolExecutor(AT_ONCE) as workers:
        list(workers.map(one, count(), mutants()))
    survived = sum(fate == "SURVIVED" for fate in told)
    print(f"{len(told)} mutants, {sum(fate.startswith('killed') for fate in told)} killed, {survived} survived")
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main())
