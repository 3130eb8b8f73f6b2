"""Every YAML of the pages is read as amplify reads it, inside a campaign that `amplify init` has made.

A block is a post, or list of posts, unless the word behind its language names a file: `yaml config/figures.yaml`. It
stands alone, or beside the posts of `here: a fresh campaign`, or within the files of `here: this campaign`.
Such a block stands in for the keys that it has, and goes on doing so down the page. Templates (`jinja FILE`) do too.
"""

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from amplify.bootstrap import open_app
from amplify.services.check import check
from amplify.testing.pictures import sample
from docs.pages import PAGES, ROOT, Block, blocks, name

#: Of the pages of lint, half of the blocks are wrong on purpose; they have a test of their own.
WITH_YAML = [page for page in PAGES if blocks(page, "yaml") and page.parent.name != "lint"]
#: Pictures that posts of the pages name.
PICTURE = re.compile(r"[\w-]+\.(?:png|jpg)")
POSTS = "posts/page.yaml"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yaml") / "campaign"
    words = ["init", str(folder), "--day", "2027-05-21"]
    subprocess.run([sys.executable, "-m", "amplify", *words], check=True, capture_output=True)
    head = folder / "config" / "campaign.yaml"
    head.write_text(head.read_text().replace("languages: [en]", "languages: [en, de, be]"))
    return folder


def sections(text: str) -> dict[str, str]:
    """The top-level keys of a file, each with everything below it."""
    pieces = re.split(r"(?m)^(?=[A-Za-z_][\w-]*:)", text)
    return {piece.partition(":")[0]: piece for piece in pieces if not piece.startswith("#")}


def put(block: Block, campaign: Path) -> None:
    """Write the block where the page says it stands."""
    file = campaign / (block.more or POSTS)
    file.parent.mkdir(parents=True, exist_ok=True)
    if block.language == "jinja" or not file.name.startswith(("campaign", "channels", "figures", "excerpts", "events")):
        file.write_text(block.text)
        return
    before = sections(file.read_text()) if file.exists() else {}
    file.write_text("".join(f"{piece.rstrip()}\n" for piece in {**before, **sections(block.text)}.values()))


def errors(campaign: Path) -> list[str]:
    with closing(open_app(campaign, environ={})) as app:
        found = check(app.written, app.workshop, None, {})
    return [str(problem) for problem in found if problem.is_error]


@pytest.mark.parametrize("page", WITH_YAML, ids=name)
def test_the_yaml_of_a_page_is_right(page: Path, fresh: Path, tmp_path: Path) -> None:
    campaign = tmp_path / "campaign"
    shutil.copytree(fresh, campaign)
    for block in blocks(page, "yaml", "jinja"):
        here = block.said.get("here")
        if here == "this campaign":
            shutil.copytree(ROOT / "config", campaign / "config", dirs_exist_ok=True)
            shutil.copytree(ROOT / "posts" / "templates", campaign / "posts" / "templates", dirs_exist_ok=True)
        if here != "a fresh campaign":
            (campaign / "posts" / "first.yaml").unlink(missing_ok=True)
        for picture in PICTURE.findall(block.text):
            (campaign / "posts" / "media").mkdir(exist_ok=True)
            (campaign / "posts" / "media" / picture).write_bytes(sample(kind="PNG", notes=False))
        put(block, campaign)
        if block.language == "yaml":
            assert errors(campaign) == [], block.where
