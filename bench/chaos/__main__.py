"""The command: `python -m bench.chaos [--seed N] [--only WORDS] [--small] [--look-alikes] [--out FILE]`."""

import argparse
import asyncio
import logging
import os
import secrets
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.chaos.bill import bill
from bench.chaos.reals import reals
from bench.chaos.report import report, summary
from bench.chaos.show import show
from bench.chaos.verdicts import Outcome, Verdict

_ROOT = Path(__file__).parents[2]


def main() -> int:
    """0 where nothing was public twice, nothing lost and no promise broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="play the same instants again")
    parser.add_argument("--only", default="", metavar="WORDS", help="only faults whose name has these words")
    parser.add_argument("--small", action="store_true", help="fewer posts, fewer kills")
    parser.add_argument("--look-alikes", action="store_true", help="without the servers that others wrote")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="how many faults side by side")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table here (docs/faults.md)")
    said = parser.parse_args()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # that clients vanish is the point
    print(f"seed {said.seed}", flush=True)
    began = time.monotonic()
    cells = [cell for cell in bill() if said.only in cell.fault and (not said.small or cell.small != (0, 0))]
    with ExitStack() as until_done:
        servers = []
        if not said.look_alikes:
            folder = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
            servers = reals(until_done, folder)
        played = show(cells, servers, seed=said.seed, small=said.small, at_once=said.at_once, tell=_tell)
        outcomes = asyncio.run(played)
    print(summary(outcomes))
    if said.out:
        text = report(outcomes, seed=said.seed, seconds=time.monotonic() - began, cpus=os.cpu_count() or 1, root=_ROOT)
        said.out.write_text(text)
    bad = any(outcome.wrong or outcome.total[Verdict.TWICE] or outcome.total[Verdict.LOST] for outcome in outcomes)
    return 1 if bad else 0


def _tell(outcome: Outcome) -> None:
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(outcome.total.items()))
    print(f"{outcome.fault}: {told}; {outcome.kills} kills, {outcome.seconds:.0f} s", flush=True)
    for wrong in outcome.wrong:
        print(f"  WRONG {wrong}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
