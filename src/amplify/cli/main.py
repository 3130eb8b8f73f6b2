"""The words that `amplify` knows. A command is loaded when it is called: `amplify --help` loads none.

Whatever a command raises ends here and becomes a sentence for people (`failures.py`).
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

import click

#: Name → where it is, and what it does in one line; in the order in which people need them.
COMMANDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Write": {
        "init": ("amplify.cli.init:init", "Make a small campaign that works at once."),
        "new": ("amplify.cli.new:new", "Write a post from a template of its kind."),
        "check": ("amplify.cli.check:check", "Say what is wrong, where, and what to do."),
        "preview": ("amplify.cli.preview:preview", "Show exactly what followers will see."),
        "plan": ("amplify.cli.plan:plan", "Compare what is written with what is known."),
        "apply": ("amplify.cli.apply:apply", "Take what is written as one revision."),
        "figures": ("amplify.cli.figures:figures", "Numbers with day and source; new ones."),
        "schema": ("amplify.cli.schema:schema", "Help your editor to help you."),
    },
    "Accounts": {
        "channels": ("amplify.cli.channels:channels", "Sign accounts in, see what each may do."),
        "doctor": ("amplify.cli.doctor:doctor", "Is all in order? What to do first."),
        "plugins": ("amplify.cli.plugins:plugins", "Which networks and sources are installed."),
    },
    "Approve": {
        "approve": ("amplify.cli.approve:approve", "Say yes to exact words at an exact time."),
        "revoke": ("amplify.cli.approve:revoke", "Take a yes back."),
        "protected": ("amplify.cli.protected:protected", "Who must not be named: is the list in order?"),
    },
    "Publish": {
        "run": ("amplify.worker.command:run", "Publish what is due: the worker."),
        "now": ("amplify.cli.now:now", "Give a post a new slot: now."),
        "status": ("amplify.cli.status:status", "What went out, what is next, what needs a hand."),
        "notices": ("amplify.cli.notices:notices", "Who is told when something needs a hand."),
        "correct": ("amplify.cli.correct:correct", "Find what is wrong in public, draft its correction."),
    },
    "Emergency": {
        "stop": ("amplify.cli.stop:stop", "Nothing leaves any more. Anybody may."),
        "resume": ("amplify.cli.stop:resume", "Go on after a stop."),
        "resolve": ("amplify.cli.resolve:resolve", "Answer whether a post is public."),
        "withdraw": ("amplify.cli.withdraw:withdraw", "Delete what is public, cancel what waits."),
    },
    "Rehearse": {
        "sandbox": ("amplify.cli.sandbox:sandbox", "Look-alikes of the networks, and their walls."),
        "demo": ("amplify.cli.demo:demo", "Play 21 May 2023 in a minute and a half."),
    },
    "Record": {
        "measure": ("amplify.cli.measure:measure", "How often it was answered, boosted, liked."),
        "trace": ("amplify.cli.trace:trace", "Where does this number come from?"),
        "verify": ("amplify.cli.verify:verify", "Prove that the record was not changed."),
        "backup": ("amplify.cli.backup:backup", "Copy the ledger, also while a worker runs."),
        "restore": ("amplify.cli.backup:restore", "Put a copy in the ledger's place."),
        "export": ("amplify.cli.export:export", "What went out, as evidence for others."),
        "purge": ("amplify.cli.purge:purge", "Erase words for good; the record says who did."),
    },
}
_WHERE = {name: place for group in COMMANDS.values() for name, (place, _) in group.items()}
_WIDTH = max(map(len, _WHERE))

_FIRST_STEPS = """\b
Example, the first steps:
  amplify init my-campaign
  cd my-campaign
  amplify check
  amplify preview
  amplify run --sandbox

\b
In an emergency, by anybody:
  amplify stop --reason "…" --by NAME
"""


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
            from difflib import get_close_matches

            near = get_close_matches(args[0], _WHERE, n=1)
            hint = f"Did you mean `amplify {near[0]}`?" if near else "`amplify --help` lists what there is."
            ctx.fail(f"amplify knows no “{args[0]}”. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(_WIDTH), line) for name, (_, line) in group.items()])

    def main(self, *said: Any, **more: Any) -> Any:
        """Run a command and leave with its exit code; what goes wrong is told, never shown as a traceback."""
        words = sys.argv[1:] if more.get("args") is None else more["args"]
        with _unnamed(words):
            try:
                code = super().main(*said, **{"prog_name": "amplify", **more, "standalone_mode": False})
            except Exception as error:  # noqa: BLE001 - the one place where everything that was not handled ends
                from amplify.cli.failures import tell

                code = tell(error, as_json="--json" in words, in_full=bool(os.environ.get("AMPLIFY_TRACEBACK")))
        sys.exit(code)


def _unnamed(words: Sequence[str]) -> AbstractContextManager[None]:
    """Where persons are protected, no output names one; elsewhere nothing is loaded for it."""
    if "AMPLIFY_PROTECTED" not in os.environ:
        return nullcontext()
    from amplify.cli.unnamed import unnamed_output

    return unnamed_output(words)


@click.group(cls=_Words, epilog=_FIRST_STEPS)
def amplify() -> None:
    """Publish a campaign's posts on schedule: never twice, never late, never a number without a source."""
