"""Threads: who meets one part in a timeline should see that there are others."""

from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark
from amplify.domain.lint import Subject


def unnumbered_thread(subject: Subject) -> Iterator[Remark]:
    post, count = subject.wanted.post, len(subject.wanted.post.parts)
    asked = post.is_thread and count > 1 and subject.wanted.position == 0
    if asked and not post.numbered and f"1/{count}" not in subject.layout.text:
        told = f"the {count} parts of this thread have no numbers"
        yield Remark(message=told, hint="write `numbered: true`: each part then ends with “1/9” and so on")
