"""amplify schema: JSON Schemas of the campaign's files, so that editors complete, explain and underline."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import show
from amplify.cli.told import answer, many


@click.command(epilog="\b\nExample:\n  amplify schema\n  amplify schema --check")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 where a file is out of date.")
@campaign_option
@json_option
def schema(only_check: bool, campaign: Path, as_json: bool) -> None:
    """Write config/schema/: what editors know of the campaign's files.

    An editor that reads them (VS Code with its YAML extension, for one) completes keys, explains them and underlines
    what is wrong while you type. The first line of each file says where its schema lies; `amplify init` and `amplify
    new` write that line. Run this again after every update of amplify.
    """
    from amplify.authoring.schemas import FOLDER, first_line, schemas

    with closing(open_app(campaign)) as app:
        root, made = app.root, schemas(app.networks)
    old = [name for name, text in made.items() if _content(root / name) != text]
    if not only_check:
        write_schemas(root, {name: made[name] for name in old})
    if as_json:
        answer({"ok": not (old and only_check), "files": list(made), "changed": old})
    elif only_check:
        show(*(f"{name} is {'out of date' if (root / name).exists() else 'missing'}." for name in old))
        show("`amplify schema` writes what editors need." if old else f"{FOLDER} is up to date.")
    elif old:
        show(f"{many(len(old), 'file')} written: {', '.join(old)}")
        show(f"First line of config/campaign.yaml: {first_line('config/campaign.yaml')}")
        show(f"First line of a file in posts/:     {first_line('posts/day.yaml')}")
    else:
        show(f"{FOLDER} is up to date.")
    if old and only_check:
        raise click.exceptions.Exit(1)


def write_schemas(root: Path, texts: Mapping[str, str]) -> None:
    """Raises OSError."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
