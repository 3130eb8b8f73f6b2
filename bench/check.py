"""How long `amplify check` takes for ten thousand posts in four languages, beside PyYAML's C loader on the same files.

Cold: nothing is known. Warm: one file was edited since the last check. Unchanged: none was. Every run is a process of
its own, as people type it, and seconds are those of the processor, because other programs slow the clock on the wall.
Of what is quick, the quickest of a few runs counts, for the parser too. Ends with 1 where a promise is broken.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.large import write

PARSING = "import sys, yaml\nfor name in sys.argv[1:]: yaml.load(open(name, 'rb'), yaml.CSafeLoader)"
#: Nothing of the machine's own settings; and the program lies there compiled, as an installed one does.
UNSET = frozenset({"AMPLIFY_PROTECTED", "AMPLIFY_LEDGER", "PYTHONDONTWRITEBYTECODE"})
#: How many times as long as the parser it may take; nothing is promised of the first time.
PROMISED = {"warm": 1.0, "unchanged": 0.1}
MOST_MEGABYTES = 200
RUNS = 5
KILOBYTES = 1024
#: What was edited less than two seconds ago is looked at once more.
FRESH = 2.1
#: Seconds after which a run is ended, so that the bench ends too.
LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`busy` are seconds of the processor."""

    busy: float
    megabytes: float


def cost(words: list[str], answer: Path) -> Cost:
    """Run one command to its end."""
    environ = {name: value for name, value in os.environ.items() if name not in UNSET}
    environ["PYTHONPYCACHEPREFIX"] = str(answer.parent / "compiled")
    with answer.open("wb") as out:
        child = subprocess.Popen(["timeout", str(LONGEST), sys.executable, *words], stdout=out, env=environ)  # noqa: S603, S607 - our own words
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(words[:4])} ended with {child.returncode}:\n{answer.read_text()[-2000:]}")
    return Cost(busy=used.ru_utime + used.ru_stime, megabytes=used.ru_maxrss / KILOBYTES)


def edit(file: Path, number: int) -> None:
    """As a coordinator would: a word of one text, a moment before."""
    text = file.read_text()
    at = text.index(".\n", len(text) // 2)
    file.write_text(f"{text[:at]} edited {number}{text[at:]}")
    time.sleep(FRESH)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=10_000)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, answer = Path(folder) / "campaign", Path(folder) / "answer"
        files = write(root, said.posts, datetime.now(tz=UTC).date() + timedelta(days=30))
        checking = ["-m", "amplify", "check", "--campaign", str(root)]

        write(Path(folder) / "small", 3, datetime.now(tz=UTC).date() + timedelta(days=30))
        cost(["-m", "amplify", "check", "--campaign", str(Path(folder) / "small")], answer)
        runs: dict[str, list[Cost]] = {"parser": [], "cold": [cost(checking, answer)], "warm": [], "unchanged": []}
        for number in range(RUNS):  # by turns, so that what else the machine does slows all of them
            runs["parser"].append(cost(["-c", PARSING, *map(str, files)], answer))
            edit(files[len(files) // 2], number)
            runs["warm"].append(cost(checking, answer))
            runs["unchanged"].append(cost(checking, answer))
        size = sum(file.stat().st_size for file in files) / 1e6
    found = {name: min(costs, key=lambda one: one.busy) for name, costs in runs.items()}
    parsed = found.pop("parser")
    print(f"{said.posts} posts, {said.posts * 12} deliveries; {size:.1f} MB parsed in {parsed.busy:.2f} s")
    broken = []
    for name, used in found.items():
        times = used.busy / parsed.busy
        most = PROMISED.get(name)
        promise = f"promised {most:4.1f} x" if most is not None else ""
        print(f"{name:10} {used.busy:6.2f} s {times:6.2f} x  {used.megabytes:4.0f} MB  {promise}")
        broken += [f"{name}: {times:.2f} x"] if most is not None and times > most else []
        broken += [f"{name}: {used.megabytes:.0f} MB"] if used.megabytes > MOST_MEGABYTES else []
    if broken:
        raise SystemExit(f"broken: {'; '.join(broken)}")


if __name__ == "__main__":
    main()
