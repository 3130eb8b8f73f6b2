"""A thread as one message, where a network has room for all of it: `on: {telegram: {joined: true}}`.

The parts stand below one another, without numbers. What each of them has for the network goes with it; where two parts
differ in that, the later one counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from amplify.domain.channel import Channel
from amplify.domain.post import Part, Post, Variant

#: The key of an `on:` block that asks for it.
JOINED = "joined"
_BETWEEN = "\n\n"


def is_joined(post: Post, channel: Channel) -> bool:
    """Whether the thread is one message there; the channel's own word goes before that of its network."""
    said = [post.on[name].settings.get(JOINED, "") for name in (channel.name, channel.network) if name in post.on]
    return post.is_thread and next(filter(None, said), "") == "true"


def is_joined_anywhere(post: Post) -> bool:
    return post.is_thread and any(variant.settings.get(JOINED) == "true" for variant in post.on.values())


def joined(post: Post, names: Sequence[str] = ()) -> Post:
    """The same as a post of one part; `names` are those of `on:` blocks that count, the last one most."""
    first = post.parts[0]
    passages = {language: replace(passage, line_by_line=False) for language, passage in first.passages.items()}
    part = Part(
        text=_texts(post.parts, names),
        passages=passages,
        media=tuple(media for part in post.parts for media in part.media),
        card=next((part.card for part in post.parts if part.card is not None), None),
        on={name: _variant(post.parts, name) for name in names},
        place=first.place,
    )
    return replace(post, parts=(part,), numbered=False)


def _texts(parts: Sequence[Part], names: Sequence[str]) -> Mapping[str, str]:
    """By language; one that a part lacks, the whole lacks too."""
    said = [
        {**part.text, **{lang: text for one in _own(part, names) for lang, text in one.text.items()}} for part in parts
    ]
    everywhere = [language for language in said[0] if all(language in texts for texts in said)]
    return {language: _BETWEEN.join(texts[language].strip() for texts in said) for language in everywhere}


def _variant(parts: Sequence[Part], name: str) -> Variant:
    own = [variant for part in parts for variant in _own(part, (name,))]
    return Variant(
        warning={language: words for one in own for language, words in one.warning.items()},
        settings={key: value for one in own for key, value in one.settings.items()},
    )


def _own(part: Part, names: Sequence[str]) -> Iterator[Variant]:
    return (part.on[name] for name in names if name in part.on)
