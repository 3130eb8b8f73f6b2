"""The command: `python -m bench.fuzz [--files N] [--answers N] [--from N]`. It ends with 1 where anything was wrong."""

import argparse
import asyncio
import sys
from collections import Counter

from bench.fuzz.playing import Mill
from bench.fuzz.telling import Stage


def main() -> int:
    """Play so many of each; the same numbers make the same accidents."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, metavar="N", help="how many broken campaigns")
    parser.add_argument("--answers", type=int, default=1000, metavar="N", help="how many garbled answers")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="N", help="the first number")
    said = parser.parse_args()
    wrong = _files(range(said.first, said.first + said.files))
    wrong += asyncio.run(_answers(range(said.first, said.first + said.answers)))
    return 1 if wrong else 0


def _files(numbers: range) -> int:
    mill, wrong, kinds = Mill(), 0, Counter[str]()
    for number in numbers:
        made = mill.mutant(number)
        kinds[made.what] += 1
        for told in mill.wrongs(made):
            wrong += 1
            print(f"campaign {number}, {made.file}, {made.what}: {told}", flush=True)
    print(f"{len(numbers)} broken campaigns of {len(kinds)} kinds: {wrong} wrong")
    return wrong


async def _answers(numbers: range) -> int:
    stage, wrong = await Stage.open(), 0
    try:
        for number in numbers:
            if told := await stage.wrong(number):
                wrong += 1
                print(f"answer {told}", flush=True)
    finally:
        await stage.close()
    print(f"{len(numbers)} garbled answers: {wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
