"""amplify init: a small campaign that works at once, alone."""

from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from shlex import quote

import click

from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show
from amplify.cli.told import answer
from amplify.domain.when import zone_named

#: The starter's files: where each is in the package, and where it goes.
_FILES = {
    "config/campaign.yaml": "config/campaign.yaml",
    "config/channels.yaml": "config/channels.yaml",
    "config/figures.yaml": "config/figures.yaml",
    "config/excerpts.yaml": "config/excerpts.yaml",
    "posts/first.yaml": "posts/first.yaml",
    "gitignore": ".gitignore",
}
_ZONE = "Europe/Vienna"
_AHEAD = timedelta(days=7)


@click.command(epilog="\b\nExample:\n  amplify init my-campaign\n  amplify init my-campaign --day 2027-05-21")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The campaign's day (a week from now, if not said).")
@campaign_option
@json_option
def init(folder: Path, day: datetime | None, campaign: Path, as_json: bool) -> None:
    """Make a small campaign in DIR: an example of everything, ready to rehearse, for one person alone.

    DIR is looked for in the folder that --campaign names. What lies there already is never written over.
    """
    root = campaign / folder
    found = [name for name in _FILES.values() if name != ".gitignore" and (root / name).exists()]
    if found:
        raise click.ClickException(f"{root} has a campaign already ({found[0]}); choose another folder")
    on = day.date() if day is not None else _a_week_from_now()
    written = [name for source, name in _FILES.items() if _write(source, root / name, on)]
    written += _write_schemas(root)
    steps = [f"cd {quote(str(root))}", "amplify check", "amplify preview", "amplify run --sandbox"]
    if as_json:
        answer({"ok": True, "root": str(root), "day": on.isoformat(), "files": written, "next": steps})
        return
    show(f"A campaign for {on:%d %B %Y} lies in {root}. Next:", *(f"  {step}" for step in steps))
    show("The posts are due in the days before. To see one go out at once, look at the top of posts/first.yaml.")


def _write_schemas(root: Path) -> list[str]:
    from amplify.authoring.schemas import schemas
    from amplify.cli.schema import write_schemas
    from amplify.publishers.registry import installed

    made = schemas(installed())
    write_schemas(root, made)
    return list(made)


def _a_week_from_now() -> date:
    from amplify.clockwork.clocks import SystemClock

    return SystemClock().now().astimezone(zone_named(_ZONE)).date() + _AHEAD


def _write(source: str, target: Path, day: date) -> bool:
    """Whether it was written; a file that lies there stays as it is."""
    if target.exists():
        return False
    text = files("amplify.cli").joinpath("starter", source).read_text(encoding="utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace("{{day}}", day.isoformat()).replace("{{edition}}", str(day.year)), encoding="utf-8")
    return True
