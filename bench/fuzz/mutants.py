"""The repository's own campaign with one accident in one of its files: a byte, a line, a key or a value gone wrong.

The same number makes the same accident. Half of the values that slip in are those of somebody who wants more than he may.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_LINE = re.compile(r"^(?P<head>\s*(?:- )?)(?P<key>[\w-]+):(?P<value>(?: .*)?)$")
#: What somebody might write who is careless, or wants more than he may.
VALUES = (
    "", "null", "~", "[]", "{}", "true", "no", "0", "-1", "49", "1e9", "99999999999999999999", "0m", "4m", "7h", "400d", "9:30", "24:00",
    "2027-02-30", "D-7", "D+9999 09:00", "D 02:30", "monday", "en", "eng", "xx", "be", "ru", "en-GB", "be-tarask", "all", "full", "direct",
    "private", "profile", "statement", "urgent", "poll", "#Evil", '"#Evil"', '"＃Evil"', "@stranger@hill.example", '"@stranger"',
    "https://bit.ly/x", "https://lantern.example/?utm_source=x", "lantern.example", '"tg://resolve?domain=x"', "{{ excerpt.E16 }}",
    '"{{ excerpt.E16 }}"', '"{{ excerpt.E02 }}"', '"{{ figure.political_prisoners }}"', '"{{ nothing }}"', '"{% for i in range(9) %}x{% endfor %}"',
    '"{{ 9**9**9 }}"', '"{{"', "|", ">", "*alias", "&anchor x", "!!python/object:os.system x", "? x", '"', "'", "\ufeff", '"\u202e"', "\t", "…",
    "${HOME}", "${AMPLIFY_MASTODON_EN_TOKEN}", "a-real-secret-0123456789", "http://127.0.0.1:1", "https://mastodon.example",
)  # fmt: skip


#: What somebody might put into a text.
WORDS = (
    "#Evil", "＃Evil", "/#Evil", "#Belarus·Evil", "$EVIL", "@stranger@hill.example", ".@stranger", "https://bit.ly/x", "bit.ly/x",
    "https://lantern.example/?utm_source=x", "[Sign](https://bit.ly/x)", "[#Evil](petition)", "lantern.example", "{{ excerpt.E16 }}",
    "{{ excerpt.E17 }}", "{{ excerpt['E' ~ 17] }}", "{{ excerpt.E02 }}", "{{ excerpt.E11 }}", "{{ '#' ~ 'Evil' }}", "{{ 'https://bit' ~ '.ly' }}",
    "To defeat the enemy, first remove its allies", "{{ post.id }}", "{{ days_left }}", "tg://resolve?domain=x", "\u200b", "a" * 300,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`file` is the one in which `what` has happened."""

    number: int
    file: str
    what: str
    files: Mapping[str, bytes]


def mutant(number: int, campaign: Mapping[str, bytes]) -> Mutant:
    """A slice of the campaign, all of its configuration and one file of posts, with an accident in it."""
    chance = random.Random(number)  # noqa: S311  accidents need not be secret
    posts = sorted(name for name in campaign if name.startswith("posts/") and name.endswith(".yaml"))
    chosen = chance.choice(posts)
    files = {name: content for name, content in campaign.items() if name == chosen or name not in posts}
    others = sorted(name for name in files if name != chosen and name.endswith((".yaml", ".j2")))
    how = chance.choice(ACCIDENTS)
    file = chosen if how is _a_word_slips_into_a_text or chance.random() < 1 / 2 else chance.choice(others)
    files[file] = how(files[file], chance)
    return Mutant(number=number, file=file, what=how.__name__.strip("_"), files=files)


def _a_byte_is_another(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _a_byte_is_gone(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + 1 :]


def _the_end_is_gone(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _a_piece_comes_twice(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randrange(1, 200)]
    at = chance.randrange(len(content))
    return content[:at] + piece + content[at:]


def _a_line_is_gone(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _a_line_comes_twice(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _two_lines_have_changed_places(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _a_line_has_moved(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = b" " * chance.randrange(7) + lines[at].lstrip()
    return b"\n".join(lines)


def _a_key_is_another(content: bytes, chance: random.Random) -> bytes:
    return _in_a_line(content, chance, lambda found, keys: f"{found['head']}{chance.choice(keys)}:{found['value']}")


def _a_key_is_misspelt(content: bytes, chance: random.Random) -> bytes:
    return _in_a_line(content, chance, lambda found, _: f"{found['head']}{found['key'][:-1]}:{found['value']}")


def _a_value_is_another(content: bytes, chance: random.Random) -> bytes:
    return _in_a_line(content, chance, lambda found, _: f"{found['head']}{found['key']}: {chance.choice(VALUES)}")


def _a_value_of_another_line(content: bytes, chance: random.Random) -> bytes:
    lines = [found for line in content.decode().split("\n") if (found := _LINE.fullmatch(line))]
    value = chance.choice(lines)["value"] if lines else ""
    return _in_a_line(content, chance, lambda found, _: f"{found['head']}{found['key']}:{value}")


def _a_word_slips_in(content: bytes, chance: random.Random) -> bytes:
    words = content.decode().split(" ")
    words.insert(chance.randrange(len(words)), chance.choice(VALUES))
    return " ".join(words).encode()


def _a_word_slips_into_a_text(content: bytes, chance: random.Random) -> bytes:
    lines = content.decode().split("\n")
    texts = [at for at, line in enumerate(lines) if line.strip() and not _LINE.fullmatch(line) and "#" not in line[:8]]
    if not texts:
        return _a_word_slips_in(content, chance)
    at = chance.choice(texts)
    lines[at] = f"{lines[at]} {chance.choice(WORDS)}"
    return "\n".join(lines).encode()


ACCIDENTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _a_byte_is_another,
    _a_byte_is_gone,
    _the_end_is_gone,
    _a_piece_comes_twice,
    _a_line_is_gone,
    _a_line_comes_twice,
    _two_lines_have_changed_places,
    _a_line_has_moved,
    _a_key_is_another,
    _a_key_is_misspelt,
    _a_value_is_another,
    _a_value_is_another,
    _a_value_of_another_line,
    _a_word_slips_in,
    _a_word_slips_into_a_text,
    _a_word_slips_into_a_text,
    _a_word_slips_into_a_text,
)


def _in_a_line(content: bytes, chance: random.Random, change: Callable[[re.Match[str], list[str]], str]) -> bytes:
    lines = content.decode().split("\n")
    found = {at: match for at, line in enumerate(lines) if (match := _LINE.fullmatch(line))}
    if not found:
        return _a_byte_is_another(content, chance)
    at = chance.choice(sorted(found))
    lines[at] = change(found[at], sorted({match["key"] for match in found.values()}))
    return "\n".join(lines).encode()
