"""Is every line of the error tables held by a test? Each is taken away in a copy of the package, and the tests run.

`python bench/mutants_of_failures.py [MINUTES]` prints, for each mutant, the test that killed it or SURVIVED.
Rows go, 5xx are taken for proofs, and the border between NotSent and OutcomeUnknown is moved.
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
TESTS = ("test_error_tables_*.py", "test_publishers*.py")
#: Those that are likely to kill come first.
LIKELY = {"failures.py": "test_error_tables_transport.py", "refusals.py": "test_error_tables_status.py"}
AT_ONCE = 2
NETWORKS = ("mastodon", "bluesky", "telegram")
PATIENCE = 240

#: Of failures.py: what stands there, and what stands there in the mutant.
BORDER = (
    *((f'"{name}"', '"Nothing"') for name in ("ConnectError", "ConnectTimeout", "NameResolutionError")),
    *((f'"{name}"', '"Nothing"') for name in ("NewConnectionError", "PoolTimeout")),
    *(
        ('"PoolTimeout"', f'"PoolTimeout", "{name}"')
        for name in ("ReadTimeout", "ReadTimeoutError", "TimeoutError", "ReadError", "RemoteProtocolError")
    ),
    *(
        ('"PoolTimeout"', f'"PoolTimeout", "{name}"')
        for name in ("ProtocolError", "RemoteDisconnected", "ConnectionResetError", "ChunkedEncodingError")
    ),
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


def mutants(source: Path) -> Iterator[tuple[str, str, str]]:
    """(what it is, the file, its text)."""
    failures = (source / WHERE / "failures.py").read_text(encoding="utf-8")
    for here, there in BORDER:
        if here not in failures:
            raise SystemExit(f"failures.py no longer says {here.strip()!r}: bring BORDER up to date")
        what = f"border: {' '.join(here.split())} → {' '.join(there.split()) or 'gone'}"[:130]
        yield what, "failures.py", failures.replace(here, there, 1)
    tables = (source / WHERE / "refusals.py").read_text(encoding="utf-8")
    for row in ROW.finditer(tables):
        table = re.findall(r"^([A-Z_]+) = \($", tables[: row.start()], re.MULTILINE)[-1]
        without = tables[: row.start()] + tables[row.end() + 1 :]
        yield f"{table} without {row[0].strip()}"[:110], "refusals.py", without
    for table in map(str.upper, NETWORKS):
        for row in NEVER:
            at = f"{table} = (\n"
            yield f"{table} plus {row.strip()}", "refusals.py", tables.replace(at, at + row, 1)


def judged(number: int, source: Path, mutant: tuple[str, str, str]) -> tuple[str, str]:
    """The first test that fails with it, or SURVIVED. `source` is the package as it was when the run began."""
    what, file, text = mutant
    with tempfile.TemporaryDirectory(prefix=f"mutant-{number}-") as folder:
        shutil.copytree(source / "amplify", Path(folder) / "amplify")
        (Path(folder) / WHERE / file).write_text(text, encoding="utf-8")
        contract = ROOT / "tests" / "contract"
        files = [contract / LIKELY[file], *(found for pattern in TESTS for found in sorted(contract.glob(pattern)))]
        chosen = list(dict.fromkeys(str(found) for found in files if "_real" not in found.name))
        about = what.partition(" ")[0].lower()  # a network's table is the business of that network's tests
        only = ("-k", about) if about in NETWORKS else ()
        options = ("-x", "-q", "--tb=no", "--no-header", "-p", "no:cacheprovider", *only)
        command = [sys.executable, "-m", "pytest", *options, *chosen]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            ran = subprocess.run(  # noqa: S603  our own words
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return what, "killed by the clock"
    failed = re.search(r"^(?:FAILED|ERROR) \S+?::(.+?)(?: - .*)?$", ran.stdout, re.MULTILINE)
    return what, f"killed by {failed[1]}" if failed else "SURVIVED" if ran.returncode == 0 else "broken"


def main() -> int:
    until = time.monotonic() + 60 * float(sys.argv[1] if len(sys.argv) > 1 else 30)
    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="unharmed-") as folder:
        source = Path(folder)
        shutil.copytree(ROOT / "src" / "amplify", source / "amplify", ignore=shutil.ignore_patterns("__pycache__"))
        unharmed = ("unharmed", "failures.py", (source / WHERE / "failures.py").read_text(encoding="utf-8"))
        _, fate = judged(0, source, unharmed)
        if fate != "SURVIVED":
            print(f"the tests are not green without any mutant: {fate}")
            return 1

        def one(number: int, mutant: tuple[str, str, str]) -> None:
            what, fate = judged(number, source, mutant) if time.monotonic() < until else (mutant[0], "not tried")
            told.append(fate)
            print(f"{fate:90} {what}", flush=True)

        with ThreadPoolExecutor(AT_ONCE) as workers:
            list(workers.map(one, count(1), mutants(source)))
    survived = sum(fate == "SURVIVED" for fate in told)
    print(f"{len(told)} mutants, {sum(fate.startswith('killed') for fate in told)} killed, {survived} survived")
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main())
