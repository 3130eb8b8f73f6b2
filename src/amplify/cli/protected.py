"""amplify protected: whether the register can be used, and whom a text names. Never a name."""

import stat
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer, many
from amplify.domain.protected import Consent, told

_SOON = timedelta(days=7)
_NOT_SET = "AMPLIFY_PROTECTED is not set: nobody is protected by a list, and no post about a person goes out"


@click.group(
    invoke_without_command=True,
    epilog="\b\nExample:\n  amplify protected check\n  amplify protected try < words.txt",
)
@campaign_option
@json_option
@click.pass_context
def protected(ctx: click.Context, campaign: Path, as_json: bool) -> None:
    """Look at the register of protected persons, which lies outside the campaign's folder. No name is ever shown.

    Without a word behind it: whether it can be used.
    """
    ctx.default_map = {name: {"campaign": str(campaign), "as_json": as_json} for name in ("check", "try")}
    if ctx.invoked_subcommand is None:
        ctx.invoke(check, campaign=campaign, as_json=as_json)


@protected.command(epilog="\b\nExample:\n  amplify protected check")
@campaign_option
@json_option
def check(campaign: Path, as_json: bool) -> None:
    """Say whether the register can be used, how much is in it, and which consents have to be looked at within 7 days.

    Exit code 1 when it cannot be used: then nothing is published.
    """
    with closing(open_app(campaign)) as app:
        register, file, mode = app.protection.read(), app.settings.protected or "", _mode(app.settings.protected)
        today = app.clock.now().date()
        due = register.due(today, _SOON)
        if as_json:
            answer(
                {
                    "ok": not register.fault,
                    "set": register.there,
                    "file": file,
                    "mode": mode,
                    "problem": register.fault,
                    "do_not_name": register.entries,
                    "consents": len(register.consents),
                    "reviews": [{"id": one.id, "review": one.review.isoformat()} for one in due],
                }
            )
        elif register.fault:
            show(styled(f"The register cannot be used: {register.fault}.", "bold red"))
        elif not register.there:
            show(styled(f"{_NOT_SET}.", "yellow"))
        else:
            counted = _counted(register.entries, len(register.consents))
            show(styled(f"The register {file} can be used (mode {mode}): {counted}.", "green"))
            for one in due:
                show(styled(_review(one, overdue=one.review < today), "yellow"))
    if register.fault:
        raise click.exceptions.Exit(1)


@protected.command("try", epilog='\b\nExample:\n  echo "Some words" | amplify protected try')
@campaign_option
@json_option
def try_(campaign: Path, as_json: bool) -> None:
    """Read a text from standard input and say which entries it names, by their numbers.

    For trying whether an entry finds the forms that it should, and not an ordinary word. Nothing of it is kept.
    """
    with closing(open_app(campaign)) as app:
        register = app.protection.read()
        if register.fault:
            raise click.ClickException(register.fault)
        if not register.there:
            raise click.ClickException(_NOT_SET)
        if sys.stdin.isatty() and not as_json:
            show("Type a text, and Ctrl-D on a line of its own at its end. It is not kept.", err=True)
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        entries = register.named([text])
        agreed = sorted(name for name, one in register.consents.items() if one.finder.find(text))
    if as_json:
        answer({"do_not_name": list(entries), "consents": agreed})
        return
    for line in _named(entries):
        show(styled(line, "bold red"))
    for one in agreed:
        show(f"It names who gave consent {one}.")
    if not entries and not agreed:
        show("It names nobody of the register.")


def _mode(file: str | None) -> str:
    """As `chmod` writes it; empty where there is no file."""
    try:
        return f"{stat.S_IMODE(Path(file).expanduser().stat().st_mode):04o}" if file else ""
    except OSError:
        return ""


def _named(entries: Sequence[int]) -> Sequence[str]:
    return [f"It names {told(entries)}: a post that says this is held."] if entries else []


def _counted(entries: int, consents: int) -> str:
    return f"{many(entries, 'person', 'persons')} not to be named, {many(consents, 'consent')}"


def _review(consent: Consent, *, overdue: bool) -> str:
    day = f"{consent.review:%d %b %Y}".lstrip("0")
    when = "had to be looked at again by" if overdue else "has to be looked at again by"
    return f"Consent {consent.id} {when} {day}{': its posts are held' if overdue else ''}."
