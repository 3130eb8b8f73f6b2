"""amplify figures sources and fetch: where new numbers are looked up, what the last look came to, and a look now."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.hush import hushed
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer
from amplify.domain.recipe import Gathering, Recipe


@click.command(epilog="\b\nExample:\n  amplify figures sources")
@campaign_option
@json_option
def sources(campaign: Path, as_json: bool) -> None:
    """List the sources of config/sources.yaml, and what the last look at each came to.

    A source only ever proposes a number; `amplify figures list` shows what waits for somebody to look.
    """
    app = open_app(campaign)
    recipes = app.written.sources
    looks = {name: app.notebook.last(name) for name in recipes}
    if as_json:
        answer({"sources": [_told(recipes[name], looks[name]) for name in recipes]})
        return
    if not recipes:
        show("No sources are written in config/sources.yaml; docs/sources.md shows how.")
        return
    show(columns([(name, recipe.figure, recipe.kind, _last(recipe, looks[name])) for name, recipe in recipes.items()]))


@click.command(epilog="\b\nExample:\n  amplify figures fetch viasna-list")
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@campaign_option
@json_option
def fetch(names: tuple[str, ...], campaign: Path, as_json: bool) -> None:
    """Look at sources now: at those named, or at all that are enabled.

    What is found is proposed, and printed nowhere before somebody confirms it. Exit code 1 when one gave no number.
    """
    app = open_app(campaign)
    recipes = _chosen(names, app.written.sources)
    looks = {recipe.name: _look(recipe, app) for recipe in recipes}
    if as_json:
        answer({"sources": [_told(recipe, looks[recipe.name]) for recipe in recipes]})
    for recipe in recipes if not as_json else ():
        look = looks[recipe.name]
        show(styled(f"{recipe.name}: {look.told}", "" if look.well else "yellow"))
    if any(not look.well for look in looks.values()):
        raise click.exceptions.Exit(1)


def _chosen(names: tuple[str, ...], recipes: Mapping[str, Recipe]) -> list[Recipe]:
    for name in names:
        if name not in recipes:
            known = ", ".join(recipes) or "none"
            raise click.UsageError(
                f"there is no source “{name}” in config/sources.yaml, or it is wrong there; known are: {known}"
            )
    return [recipes[name] for name in names] if names else [recipe for recipe in recipes.values() if recipe.enabled]


def _look(recipe: Recipe, app: App) -> Gathering:
    from amplify.services.gather import gather

    with hushed():
        look = asyncio.run(gather(recipe, app.written, app.gatherer))
    app.notebook.note(recipe.name, look)
    return look


def _last(recipe: Recipe, look: Gathering | None) -> str:
    if not recipe.enabled:
        return "switched off (`enabled: false`)"
    return f"{look.at:%Y-%m-%d %H:%M} UTC: {look.told}" if look is not None else "not looked at yet"


def _told(recipe: Recipe, look: Gathering | None) -> dict[str, object]:
    return {
        "name": recipe.name,
        "figure": recipe.figure,
        "kind": recipe.kind,
        "url": recipe.url,
        "enabled": recipe.enabled,
        "looked_at": look.at.isoformat() if look is not None else None,
        "well": look.well if look is not None else None,
        "told": look.told if look is not None else "",
    }
