"""The words that `amplify` knows. A command is loaded when it is called: `amplify --help` loads none."""

from difflib import get_close_matches
from importlib import import_module

import click

#: Name → where it is, and what it does in one line; in the order in which people need them.
COMMANDS = {
    "Write": {
        "init": ("amplify.cli.init:init", "Make a small campaign that works at once."),
        "check": ("amplify.cli.check:check", "What is wrong, where, and what to do."),
        "preview": ("amplify.cli.preview:preview", "Exactly what followers will see."),
        "plan": ("amplify.cli.plan:plan", "What is written against what is known."),
        "apply": ("amplify.cli.apply:apply", "Take what is written as one revision."),
    },
    "Approve": {
        "approve": ("amplify.cli.approve:approve", "Say yes to exact words at an exact time."),
        "revoke": ("amplify.cli.approve:revoke", "Take a yes back."),
    },
    "Publish": {
        "run": ("amplify.worker.command:run", "Publish what is due: the worker."),
        "now": ("amplify.cli.now:now", "Give a post a new time: now."),
        "status": ("amplify.cli.status:status", "What went out, what is next, what needs a hand."),
        "resolve": ("amplify.cli.resolve:resolve", "Answer whether a post is public."),
    },
    "Emergency": {
        "stop": ("amplify.cli.stop:stop", "Nothing leaves any more. Anybody may."),
        "resume": ("amplify.cli.stop:resume", "Go on after a stop."),
    },
    "Rehearse": {
        "sandbox": ("amplify.cli.sandbox:sandbox", "Look-alikes of the networks, and their walls."),
        "demo": ("amplify.cli.demo:demo", "Play 21 May 2023 in a minute and a half."),
    },
    "Record": {
        "verify": ("amplify.cli.verify:verify", "Is the record whole?"),
    },
}
_WHERE = {name: place for group in COMMANDS.values() for name, (place, _) in group.items()}


class _Words(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _WHERE:
            return None
        module, _, name = _WHERE[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _WHERE:
            near = get_close_matches(args[0], _WHERE, n=1)
            hint = f" Did you mean `amplify {near[0]}`?" if near else " `amplify --help` lists them."
            ctx.fail(f"amplify knows no “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, line) for name, (_, line) in group.items()])


@click.group(
    cls=_Words,
    epilog="Example: amplify init my-campaign && cd my-campaign && amplify run --sandbox",
)
def amplify() -> None:
    """Publish a campaign's posts on schedule: never twice, never late, never a number without a source."""
