"""amplify channels: signing in, what each account may do, and the automation label.

A word of its own is loaded when it is called, as the commands of `main.py` are.
"""

from collections.abc import Mapping
from importlib import import_module

import click

#: Name → where it is, and what it does in one line.
WORDS: Mapping[str, tuple[str, str]] = {
    "add": ("amplify.cli.channels_add:add", "Sign an account in, or give it a new secret."),
    "check": ("amplify.cli.channels_check:check", "Who we are there, what we may do, and the server's rules."),
    "set-label": ("amplify.cli.channels_label:set_label", "Let an account say that it is automated."),
}


class _Words(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in WORDS:
            return None
        module, _, name = WORDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Words"):
            formatter.write_dl([(name, line) for name, (_, line) in WORDS.items()])


@click.group(
    cls=_Words,
    epilog="\b\nExample:\n"
    "  amplify channels add\n"
    "  amplify channels check\n"
    "  amplify channels check mastodon-en --rules-read --by editor\n"
    "  amplify channels set-label --all --by editor",
)
def channels() -> None:
    """The accounts behind config/channels.yaml."""
