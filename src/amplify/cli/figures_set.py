"""amplify figures set: a person has read a number at its source, and proposes it."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import open_app
from amplify.cli.figure_words import (
    address,
    counts,
    day,
    number,
    parts,
    proposal_json,
    proposal_told,
    sentence,
    today,
    two_numbers,
)
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import show, styled
from amplify.cli.told import answer, listed
from amplify.domain.figure import Figure, Kind, Qualifier, Source, version_id
from amplify.domain.proposal import Proposal

if TYPE_CHECKING:
    from amplify.services.confirm import Looked


@click.command(
    "set",
    epilog="\b\nExample:\n"
    "  amplify figures set political_prisoners 1131 --as-of 2025-12-31 \\\n"
    "    --source-name Viasna --source-url https://spring96.org/en/news/119261 --by editor",
)
@click.argument("name", metavar="ID")
@click.argument("value", metavar="[VALUE]", callback=number, required=False)
@click.option(
    "--range", "ends", nargs=2, callback=two_numbers, default=None, metavar="LOW HIGH", help="Instead of a value."
)
@click.option("--as-of", "as_of", callback=day, required=True, metavar="DAY", help="The day that the number speaks of.")
@click.option("--source-name", required=True, metavar="WHO", help="Who counted; it is printed with the number.")
@click.option("--source-url", callback=address, default="", metavar="URL", help="The page where you have read it.")
@click.option("--qualifier", type=click.Choice([one.value for one in Qualifier]), default="exact", show_default=True)
@click.option("--period", default="", metavar="WORDS", help="For estimates: the stretch of time they speak of.")
@click.option(
    "--part", "breakdown", callback=parts, multiple=True, metavar="NAME=NUMBER", help="A part; may be repeated."
)
@click.option("--definition", default="", metavar="NAME", help="What the source counts; refused if the figure differs.")
@click.option("--published-on", callback=day, default=None, metavar="DAY", help="When the source published it.")
@click.option("--raw", default="", metavar="WORDS", help="The number as it is printed there.")
@click.option("--reason", default="", metavar="WORDS", help="Why an unlikely number is true.")
@click.option("--corrects", default="", metavar="VERSION", help="The id of the version that was wrong.")
@click.option("--note", default="", metavar="WORDS", help="Anything worth knowing, for the record.")
@by_option
@campaign_option
@json_option
def set_(
    *,
    name: str,
    value: int | None,
    ends: tuple[int, int] | None,
    as_of: date,
    source_name: str,
    source_url: str,
    qualifier: str,
    period: str,
    breakdown: dict[str, int],
    definition: str,
    published_on: date | None,
    raw: str,
    reason: str,
    corrects: str,
    note: str,
    by: str,
    campaign: Path,
    as_json: bool,
) -> None:
    """Propose a new number for a figure, from the source itself. It replaces the old one once it is confirmed.

    A usual number is in force at once where one person is enough; an unusual one waits for a second person, with your
    reason and the page. What cannot be true is refused, and says why. The old number goes into the history.
    """
    from amplify.services.confirm import enter
    from amplify.services.propose import figure_named

    if (value is None) == (ends is None):
        raise click.UsageError("say one of the two: a value, or --range LOW HIGH")
    with closing(open_app(campaign)) as app:
        figure = figure_named(name, app.written)
        made = Proposal(
            figure=name,
            value=value,
            low=ends[0] if ends else None,
            high=ends[1] if ends else None,
            qualifier=Qualifier(qualifier),
            as_of=as_of,
            source=Source(name=source_name, url=source_url),
            by=by,
            at=app.clock.now(),
            reason=reason,
            period=period or (figure.period if figure.kind is not Kind.ESTIMATE else ""),
            breakdown=breakdown,
            raw=raw,
            note=note,
            published_on=published_on,
            corrects=corrects,
        )
        looked = enter(made, app.written, app.ledger, app.figures_file, today=today(app), definition=definition)
        if as_json:
            answer(outcome(looked, figure))
        else:
            tell_set(looked, figure)


def outcome(looked: "Looked", figure: Figure) -> dict[str, object]:
    """For programs: the proposal, the version that it made, and who may give the yes that is missing."""
    made = looked.proposal
    confirmed = made.state.value == "confirmed"
    return {
        "proposal": proposal_json(made),
        "state": made.state.value,
        "version": version_id(replace(figure, history=()).replaced(made.version)) if confirmed else None,
        "waits_for": sorted(looked.others) if looked.waits else [],
    }


def tell_set(looked: "Looked", figure: Figure) -> None:
    """What became of a number, what it replaces, and what comes next."""
    made = looked.proposal
    show(f"{figure.id} counts: {counts(figure)}.")
    if looked.waits:
        show(styled(f"It waits for a second person; until then {sentence(figure)} stays.", "bold yellow"))
        if not made.doubts:
            show("Nothing about it is doubtful; every new number of this figure needs two people.")
        show(*proposal_told(made, looked.others))
        if not looked.others:
            show(styled("Nobody else can: name a second coordinator in config/campaign.yaml first.", "bold red"))
        return
    show(styled(f"{figure.id} is {sentence(made.version)} now; before it was {sentence(figure)}.", "green"))
    lost = figure.breakdown.keys() - made.breakdown.keys()
    if lost:
        show(
            styled(
                f"It has no part {listed(lost)} any more: posts that print it are held. --part gives it one.", "yellow"
            )
        )
    show("config/figures.yaml says so, and its history what it was. A worker takes that up by itself; without one,")
    show("`amplify apply` does. `amplify plan` shows which posts change, and need a new yes.")
