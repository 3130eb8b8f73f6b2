"""amplify figures: numbers with their dates and sources, who has proposed new ones, and who has confirmed them.

A word of its own is loaded when it is called, as the commands of `main.py` are.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from amplify.cli.options import campaign_option, json_option

#: Name → where it is, and what it does in one line.
WORDS: Mapping[str, tuple[str, str]] = {
    "list": ("amplify.cli.figures_list:list_", "Every figure, how fresh it is, and what waits."),
    "show": ("amplify.cli.figures_show:show_", "Everything that is written about one."),
    "set": ("amplify.cli.figures_set:set_", "Propose a new number for one."),
    "confirm": ("amplify.cli.figures_confirm:confirm", "Say that a proposed number is right, or is not."),
    "history": ("amplify.cli.figures_history:history", "How the numbers went, as a plot or a picture."),
    "check": ("amplify.cli.figures_check:check", "What is doubtful about them today."),
    "sources": ("amplify.cli.sources:sources", "Where new numbers are looked up, and what came of it."),
    "fetch": ("amplify.cli.sources:fetch", "Look at sources now; what is found is only proposed."),
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
    invoke_without_command=True,
    epilog="\b\nExample:\n"
    "  amplify figures\n"
    "  amplify figures set political_prisoners 1131 --as-of 2025-12-31 --source-name Viasna"
    " --source-url https://spring96.org/en/news/119261 --by editor\n"
    "  amplify figures confirm political_prisoners --by reviewer",
)
@campaign_option
@json_option
@click.pass_context
def figures(ctx: click.Context, campaign: Path, as_json: bool) -> None:
    """The numbers of the campaign, each with its day and its source. Without a word behind it: the list.

    A new number is proposed first. Where it is nothing unusual and one person is enough, it is in force at once;
    else a second person confirms it, and until then the old one stays.
    """
    ctx.default_map = {name: {"campaign": str(campaign), "as_json": as_json} for name in WORDS}
    if ctx.invoked_subcommand is None:
        from amplify.cli.figures_list import list_

        ctx.invoke(list_, campaign=campaign, as_json=as_json)
