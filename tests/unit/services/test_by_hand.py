"""A person who types a command is not told what only a worker does."""

import re
from pathlib import Path

import pytest

from amplify.ports.errors import OutcomeUnknown, PublishError, Rejected, Unavailable
from amplify.services.by_hand import WORKERS, said

PUBLISHERS = Path(__file__).parents[3] / "src" / "amplify" / "publishers"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("the server cannot be reached. It goes again by itself in a while"), "; say it again in a while"),
        (Rejected("it answered 422. Change the post: a new text or a new time sends it again"), ""),
        (
            OutcomeUnknown("no answer in time. The post may be public: nothing goes again before that is known"),
            "; it may still be there: look, then say it again",
        ),
    ],
)
def test_what_to_do_is_told_as_it_is_for_a_person(error: PublishError, told: str) -> None:
    assert said(error) == str(error).partition(". ")[0] + told


def test_every_promise_of_a_worker_is_known() -> None:
    texts = "\n".join(path.read_text() for path in PUBLISHERS.glob("*.py"))
    promised = set(re.findall(r"\b(?:It goes again|The post may be public|Change the post)[^\"]*", texts))
    assert {words for words in promised if words not in WORKERS} == set()
