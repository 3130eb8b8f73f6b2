"""How long, and with how much memory, ten thousand posts are checked, planned, applied and planned again.

Every command is a process of its own, as people type it. Each is told beside parsing the same files with PyYAML's
C loader in the same run, because machines differ.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

LANGUAGES = ("en", "de", "be", "ru")
WORDS = ("lamp", "evening", "letter", "window", "street", "garden", "harbour", "market", "bridge", "lantern")
CLOCKS = ("09:00", "12:00", "15:00", "18:00")
PER_FILE = 100
#: Seconds after which a command is ended, so that the bench ends too.
LONGEST = 900
KILOBYTES = 1024
#: Lines of an answer that are shown where a command did not end well.
LAST = 5
PARSING = "import sys, yaml\nfor name in sys.argv[1:]: yaml.load(open(name, 'rb'), yaml.CSafeLoader)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`busy` are seconds of the processor: other programs slow the clock on the wall, but hardly these."""

    seconds: float
    busy: float
    megabytes: float
    code: int


def write(root: Path, posts: int, languages: tuple[str, ...]) -> list[str]:
    """A campaign of four posts a day from a month ahead on, no two with the same words; the files of its posts."""
    (root / "config").mkdir()
    (root / "posts").mkdir()
    first = datetime.now(tz=UTC).date() + timedelta(days=30)
    (root / "config/campaign.yaml").write_text(
        f"name: Ten Thousand Lamps\nedition: '1'\ntimezone: Europe/Vienna\nday: {first}\n"
        f"languages: [{', '.join(languages)}]\nhashtags: {{core: [Lamps, Evening]}}\ncoordinators: {{editor: {{}}, reviewer: {{}}}}\n"
    )
    channel = 'mastodon-{0}: {{network: mastodon, language: {0}, server: "https://{0}.example", token: "${{TOKEN}}"}}\n'
    (root / "config/channels.yaml").write_text("".join(channel.format(language) for language in languages))
    files = []
    for start in range(0, posts, PER_FILE):
        files.append(root / f"posts/lot-{start:06}.yaml")
        numbers = range(start, min(start + PER_FILE, posts))
        files[-1].write_text("\n".join(entry(number, first, languages) for number in numbers))
    return [str(file) for file in files]


def entry(number: int, first: date, languages: tuple[str, ...]) -> str:
    """One post as a coordinator writes it."""
    days, turn = divmod(number, len(CLOCKS))
    word, other = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    texts = "".join(
        f"    {language}: |\n"
        f"      Bring the {word} number {number} to **the {other}**, and tell one friend.\n\n"
        f"      It takes a minute ({language}).\n"
        for language in languages
    )
    at = f"{first + timedelta(days=days)} {CLOCKS[turn]}"
    return f"- id: post-{number}\n  kind: call\n  at: {at}\n  channels: all\n  tags: [core]\n  text:\n{texts}"


def cost(words: list[str], answer: Path) -> Cost:
    """Run one command to its end; one that takes too long is ended."""
    start = time.perf_counter()
    with answer.open("wb") as out:
        environ = {**os.environ, "TOKEN": "only-for-this-bench"}
        child = subprocess.Popen([sys.executable, *words], stdout=out, env=environ)  # noqa: S603 - our own words
        ending = threading.Timer(LONGEST, child.kill)
        ending.start()
        _, status, used = os.wait4(child.pid, 0)
        ending.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        seconds=time.perf_counter() - start,
        busy=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss / KILOBYTES,
        code=child.returncode,
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=10_000)
    asked.add_argument("--languages", type=int, default=1, choices=range(1, len(LANGUAGES) + 1))
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, answer = Path(folder) / "campaign", Path(folder) / "answer"
        root.mkdir()
        files = write(root, said.posts, LANGUAGES[: said.languages])
        parsing = cost(["-c", PARSING, *files], answer)
        print(
            f"{said.posts} posts, {said.posts * said.languages} deliveries; parsed in {parsing.busy:.1f} s of the processor"
        )
        for words in (["check"], ["plan"], ["apply"], ["plan", "--exit-code"]):
            used = cost(["-m", "amplify", *words, "--campaign", str(root)], answer)
            times = used.busy / parsing.busy
            print(
                f"{' '.join(words):18} {used.busy:6.1f} s ({used.seconds:.1f} on the wall) {times:6.1f} x {used.megabytes:6.0f} MB, exit {used.code}"
            )
            if used.code:
                print(*answer.read_text().splitlines()[-LAST:], sep="\n")


if __name__ == "__main__":
    main()
