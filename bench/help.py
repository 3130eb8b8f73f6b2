"""How much slower `amplify --help` is than loading click alone: the median of nine pairs, as a ratio."""

import subprocess
import sys
import time
from statistics import median

PAIRS = 9
OURS = ["-m", "amplify", "--help"]
BARE = ["-c", "import click"]


def seconds(words: list[str]) -> float:
    """One cold process, from its start to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    return time.perf_counter() - start


def main() -> None:
    seconds(OURS)  # bytecode is written once
    print(f"{median(seconds(OURS) / seconds(BARE) for _ in range(PAIRS)):.2f}")


if __name__ == "__main__":
    main()
