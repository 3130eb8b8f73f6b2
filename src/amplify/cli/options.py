"""Options that commands share, and how people are asked."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

_LEAST_DIGEST = 8


def _long_enough(ctx: click.Context, param: click.Parameter, said: Sequence[str]) -> Sequence[str]:
    for each in said:
        if len(each) < _LEAST_DIGEST:
            told = f"“{each}” is too short; give at least the first {_LEAST_DIGEST} letters of the digest"
            raise click.BadParameter(told, ctx, param)
    return said


campaign_option = click.option(
    "--campaign",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The campaign's folder; by default this one.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
by_option = click.option("--by", required=True, metavar="NAME", help="Who says so: a coordinator of campaign.yaml.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")
digest_option = click.option(
    "--digest",
    "digests",
    multiple=True,
    metavar="DIGEST",
    callback=_long_enough,
    help="Do not ask, and take only the words with this digest (its first 8 letters do). May be repeated.",
)


def confirmed(question: str, *, err: bool) -> bool:
    """Ask. Raises UsageError where nobody is there to answer."""
    with answered():
        return click.confirm(question, err=err)


def chosen_word(question: str, words: Sequence[str], *, err: bool) -> str:
    """Ask for one of `words`; its beginning does. Raises UsageError where nobody is there to answer."""
    offered = "/".join(f"[{word[0]}]{word[1:]}" for word in words)

    def read(said: str) -> str:
        word = next((word for word in words if said.strip() and word.startswith(said.strip().lower())), None)
        if word is None:
            raise click.UsageError(f"type one of {', '.join(words)}")
        return word

    with answered():
        said: str = click.prompt(f"{question} {offered}", value_proc=read, err=err)
        return said


@contextmanager
def answered() -> Iterator[None]:
    """Raises UsageError where nobody answers."""
    try:
        yield
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError("nobody answered, so nothing was done; add --yes to go without asking") from None
