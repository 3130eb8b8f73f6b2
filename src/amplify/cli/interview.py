"""A person at a terminal, asked one thing at a time. Secrets are typed unseen, and stand on no command line."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from amplify.cli.screen import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """`err`: what is said goes to the other output, because the answer of the command is for programs."""

    err: bool

    def say(self, line: str) -> None:
        if line.startswith("https://"):
            click.echo(line, err=self.err)  # in one piece, so that it can be clicked and copied
        else:
            show(line, err=self.err)

    def ask(self, question: str, usual: str = "") -> str:
        """Raises UsageError where nobody is there to answer."""
        with _answered():
            said: str = click.prompt(question, default=usual or None, err=self.err)
            return said

    def ask_secret(self, question: str) -> str:
        with _answered():
            said: str = click.prompt(f"{question} (nothing is shown while you type)", hide_input=True, err=self.err)
            return said

    def agrees(self, question: str) -> bool:
        with _answered():
            return click.confirm(question, err=self.err)

    def choose(self, question: str, among: tuple[str, ...]) -> str:
        with _answered():
            said: str = click.prompt(question, type=click.Choice(among), err=self.err, default=among[0])
            return said


@contextmanager
def _answered() -> Iterator[None]:
    """Ctrl-C ends the question at once; an event loop would only take note of it and wait for the answer.

    Raises UsageError where nobody answers.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    except click.Abort:
        if sys.stdin.isatty():
            raise
        told = "nobody answered, so nothing was kept: signing in asks questions, so type it in a terminal"
        raise click.UsageError(told) from None
    finally:
        signal.signal(signal.SIGINT, before)
