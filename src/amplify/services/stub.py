"""What is left of a post in an old revision whose words are erased: an entry that can still be read, and says nothing.

Its name, kind, times and channels stay, because corrections name it and keys are made of them. JSON is YAML too.
"""

import json
from collections.abc import Mapping

from amplify.domain.joining import JOINED
from amplify.domain.post import Post, Repeat, Row, Times
from amplify.domain.when import When

_SAYS = "erased"


def stub(post: Post, languages: tuple[str, ...]) -> bytes:
    """The entry, on one line, indented as the one that it stands for."""
    words = dict.fromkeys(languages, _SAYS)
    said: dict[str, object] = {"id": post.id, "kind": post.kind.value, "channels": list(post.channels)}
    if post.at:
        said["at"] = _times(post.at, occurs=post.occurs)
    if post.each:
        said["each"] = {row.label: _row(row) for row in post.each}
    if post.repeat is not None:
        said["repeat"] = _repeat(post.repeat)
    if post.is_thread:
        said["thread"] = [{"id": part.id, "text": words} for part in post.parts]
        said["on"] = {name: {JOINED: one.settings[JOINED]} for name, one in post.on.items() if JOINED in one.settings}
    elif not post.boosts:
        said["text"] = words
    if post.split:
        said["split"] = True  # so that a correction may name a part
    if post.languages:
        said["languages"] = sorted(post.languages)
    if post.drafts:
        said["drafts"] = sorted(post.drafts)
    said |= {
        name: value for name in ("formerly", "corrects", "quotes", "boosts", "author") if (value := getattr(post, name))
    }
    entry = json.dumps(said, ensure_ascii=False)
    # a post that is the only one of its file may stand there without the dash of a list
    dash = f"{' ' * (post.place.column - 3)}- " if post.place.column > 1 else ""
    return f"{dash}{entry}\n".encode()


def _times(at: Times, *, occurs: bool) -> object:
    """A list makes occurrences, a single time does not."""
    if isinstance(at, Mapping):
        return {language: _times(times, occurs=occurs) for language, times in at.items()}
    written = [_written(when) for when in at]
    return written if occurs or len(written) > 1 else written[0]


def _written(when: When) -> str:
    """A time that went by an event's has no words of its own."""
    return f"{when.on} {when.clock:%H:%M}Z" if when.label.startswith("before ") else when.label


def _row(row: Row) -> dict[str, object]:
    at = {"at": _times(row.at, occurs=False)} if row.at else {}
    return {**at, **({"event": row.event} if row.event else {})}


def _repeat(repeat: Repeat) -> dict[str, str]:
    rule = {"every": repeat.every} if repeat.every else {"cron": repeat.cron}
    return {**rule, "from": repeat.since.isoformat(), "until": repeat.until.isoformat()}
