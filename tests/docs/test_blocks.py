"""Every command of every page is typed, in the order of the page. The rules stand in docs/README.md."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, Block, blocks, name
from docs.reader import Reader
from docs.warm import warm

WITH_COMMANDS = [page for page in PAGES if blocks(page, "sh")]
#: CI runs these; typing them here would run these tests inside of themselves.
RUN_BY_CI = {"make run", "make test"}
#: Listings of commands that a test cannot type, by the first line, and why.
NOT_TYPED: dict[str, dict[str, str]] = {
    "docs/accounts.md": {
        "$ amplify channels add": "asks a person (tests/acceptance/test_cli_channels_add.py types it)",
        "$ amplify channels add mastodon-en": "asks a person",
    },
    "docs/emergency.md": {
        "$ amplify withdraw POST --by editor": "needs something public",
    },
    "docs/doctor.md": {
        "$ amplify doctor": "asks the servers of accounts",
        "$ amplify channels check mastodon-en": "asks the servers of accounts",
        "$ amplify channels check mastodon-en --rules-read --by editor": "asks the servers of accounts",
        "$ amplify channels set-label mastodon-en bluesky-en --by editor": "asks the servers of accounts",
        "$ amplify channels check mastodon-en --prove-replay --by editor": "asks the servers of accounts",
    },
    "docs/going-live.md": {
        "$ amplify channels add": "asks a person",
        "$ sudo install -d -m 0700 -o amplify /etc/amplify": "makes a file for root, with secrets",
    },
    "docs/measure.md": {
        "$ amplify measure --since D-7": "needs something public, and people who like it",
        "30 21 * * * cd /srv/campaign && amplify measure --json >> /srv/campaign/var/counts.log": "is a line of a crontab",
    },
    "docs/running.md": {
        "$ sudo useradd --system --create-home --home-dir /srv/amplify amplify": "makes a user, and fetches packages",
        "$ sudo systemctl enable --now amplify": "starts a service of the machine",
        "$ sudo systemctl stop amplify": "stops a service of the machine, and fetches packages",
    },
    "docs/withdraw.md": {
        "$ amplify withdraw thanks --by editor": "needs something public",
    },
}
#: Workers in a rehearsal wait more than they work.
AT_ONCE = 3
WORDS = {"here", "exit", "prints", "meanwhile"}
PLACES = {"an empty folder", "a fresh campaign", "this campaign", "a clone"}


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `amplify init` makes, once for all pages."""
    folder = tmp_path_factory.mktemp("fresh") / "my-campaign"
    subprocess.run([sys.executable, "-m", "amplify", "init", str(folder)], check=True, capture_output=True)
    return folder


def settle(place: str, folder: Path, fresh: Path, tools: Path) -> None:
    """Put into `folder` what the reader has before the first command."""
    if place == "a fresh campaign":
        shutil.copytree(fresh, folder, dirs_exist_ok=True)
    elif place == "this campaign":
        for room in ("config", "posts"):
            shutil.copytree(ROOT / room, folder / room)
    elif place == "a clone":
        home = folder / ".venv" / "bin"
        home.mkdir(parents=True)
        (home / "activate").write_text(f'PATH="{tools}:$PATH"\n')


def scenes(page: Path) -> Iterator[list[Block]]:
    """The blocks that follow one another in one shell: `here:` begins a new one."""
    scene: list[Block] = []
    for block in blocks(page, "sh"):
        if "here" in block.said and scene:
            yield scene
            scene = []
        scene.append(block)
    yield scene


def walk(page: Path, fresh: Path, tools: Path, folder: Path) -> None:
    """Everything that a page says to type. Raises Astray."""
    for number, scene in enumerate(scenes(page)):
        place = folder / str(number)
        place.mkdir()
        settle(scene[0].said.get("here", "an empty folder"), place, fresh, tools)
        reader = Reader(place, folder / f"printed-{number}", tools)
        try:
            for block in scene:
                if not all(line.split("#")[0].strip() in RUN_BY_CI for line in block.text.splitlines()):
                    reader.follow(block)
        finally:
            reader.leave()


@pytest.fixture(scope="session")
def walks(
    request: pytest.FixtureRequest, fresh: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, Future[None]]]:
    """The pages that were chosen, side by side."""
    chosen = [item.callspec.params.get("page") for item in request.session.items if hasattr(item, "callspec")]
    with warm(tmp_path_factory.mktemp("warm")) as tools, ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            page: pool.submit(walk, page, fresh, tools, tmp_path_factory.mktemp(page.stem))
            for page in WITH_COMMANDS
            if page in chosen
        }


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name)
def test_what_a_page_says_to_type_works(page: Path, walks: dict[Path, Future[None]]) -> None:
    walks[page].result()


def test_the_comments_before_blocks_say_nothing_that_is_not_understood() -> None:
    listed = [block for page in PAGES for block in blocks(page)]
    assert [block.where for block in listed if not block.said.keys() <= WORDS] == []
    assert [block.where for block in listed if block.said.get("here", "a clone") not in PLACES] == []


def test_what_is_not_typed_is_listed_with_its_reason() -> None:
    shown: dict[str, list[str]] = {}
    for page in PAGES:
        for block in blocks(page, "console"):
            shown.setdefault(name(page), []).append(block.text.splitlines()[0])
    assert shown == {page: list(reasons) for page, reasons in NOT_TYPED.items()}


def test_commands_hide_in_no_other_kind_of_block() -> None:
    hidden = [
        block.where
        for page in PAGES
        for block in blocks(page)
        if block.language not in ("sh", "console")
        and any(line.lstrip("$ ").startswith("amplify ") for line in block.text.splitlines())
    ]
    assert hidden == []
