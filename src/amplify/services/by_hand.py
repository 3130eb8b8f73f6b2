"""What went wrong, said to a person who is asking now: without what holds only for a worker, which tries again by itself."""

from amplify.ports.errors import OutcomeUnknown, Unavailable

#: As publishers say it of posts that are to go out.
WORKERS = (
    "It goes again by itself in a while",
    "It goes again by itself after that",
    "It goes again in a while",
    "it goes on after that",
    "Change the post: a new text or a new time sends it again",
    "The post may be public: nothing goes again before that is known",
)
_AGAIN = "say it again in a while"
_LOOK = "it may still be there: look, then say it again"


def said(error: Exception) -> str:
    """One sentence or two, without a stop at the end."""
    told = str(error)
    for words in WORKERS:
        told = told.replace(f". {words}", "").replace(words, "")
    told = told.strip(" .;,")
    if isinstance(error, Unavailable):
        return f"{told}; {_AGAIN}"
    return f"{told}; {_LOOK}" if isinstance(error, OutcomeUnknown) else told
