"""A person at a terminal, asked one thing at a time. Secrets are typed unseen, and stand on no command line."""

from dataclasses import dataclass

import click

from amplify.cli.options import answered
from amplify.cli.screen import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """`err`: what is said goes to the other output, because the answer of the command is for programs."""

    err: bool

    def say(self, line: str) -> None:
        show(line, err=self.err)

    def ask(self, question: str, usual: str = "") -> str:
        """Raises UsageError where nobody is there to answer."""
        with answered():
            said: str = click.prompt(question, default=usual or None, err=self.err)
            return said

    def ask_secret(self, question: str) -> str:
        with answered():
            said: str = click.prompt(f"{question} (nothing is shown while you type)", hide_input=True, err=self.err)
            return said

    def agrees(self, question: str) -> bool:
        with answered():
            return click.confirm(question, err=self.err)

    def choose(self, question: str, among: tuple[str, ...]) -> str:
        with answered():
            said: str = click.prompt(question, type=click.Choice(among), err=self.err, default=among[0])
            return said
