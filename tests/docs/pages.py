"""The pages as their tests see them: blocks, headings, links, and what a hidden comment says about a block.

A block's language decides what becomes of it; the rules stand in docs/README.md.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`line` is that of its first command. `said` is the comment right before it: word → what stands behind."""

    page: Path
    line: int
    language: str
    more: str
    text: str
    said: dict[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return f"{name(self.page)}:{self.line}"


@cache
def tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text())


def blocks(page: Path, *languages: str) -> list[Block]:
    """In order; all of them, or those in these languages."""
    found = []
    said: dict[str, str] = {}
    for token in tokens(page):
        if token.type == "html_block":
            said = _said(token.content)
            continue
        if token.type == "fence" and token.map:
            language, _, more = token.info.partition(" ")
            if not languages or language in languages:
                line = token.map[0] + 2
                found.append(
                    Block(page=page, line=line, language=language, more=more.strip(), text=token.content, said=said)
                )
        said = {}
    return found


def code(page: Path) -> Iterator[str]:
    """What stands between backticks in the running text."""
    for token in tokens(page):
        yield from (child.content for child in token.children or () if child.type == "code_inline")


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Line and address of everything that leads somewhere, pictures too."""
    for token in tokens(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield (token.map or [0])[0] + 1, str(target)


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    made = set()
    listed = tokens(page)
    for here, following in itertools.pairwise(listed):
        if here.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", following.content.lower())
            made.add(words.replace(" ", "-"))
    return made


def _said(html: str) -> dict[str, str]:
    found = _COMMENT.search(html)
    parts = [part.strip() for part in found[1].split(";")] if found else []
    return {key.strip(): words.strip() for key, _, words in (part.partition(":") for part in parts if part)}
