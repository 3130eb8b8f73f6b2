"""amplify figures confirm: a person has compared a proposed number with its source."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.cli.figure_words import sentence, today
from amplify.cli.figures_set import outcome, tell_set
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import show
from amplify.cli.told import answer


@click.command(
    epilog="\b\nExample:\n"
    "  amplify figures confirm political_prisoners --by reviewer\n"
    '  amplify figures confirm 3 --reject --reason "the page counts the released too" --by reviewer'
)
@click.argument("what", metavar="ID|NUMBER")
@click.option("--reject", is_flag=True, help="It is not right; say why with --reason.")
@click.option("--reason", default="", metavar="WORDS", help="What you have seen at the source.")
@by_option
@campaign_option
@json_option
def confirm(what: str, reject: bool, reason: str, by: str, campaign: Path, as_json: bool) -> None:
    """Say that a proposed number is right: open the page yourself, and compare number, day and what is counted.

    Where two people are needed, whoever proposed it cannot confirm it. A number that a source has proposed counts as
    nobody's: the first person who confirms it becomes its proposer.
    """
    from amplify.services.confirm import confirm as say_yes
    from amplify.services.confirm import reject as say_no
    from amplify.services.confirm import waiting
    from amplify.services.propose import figure_named

    if reject and not reason:
        raise click.UsageError('say why, so that nobody types it again: --reason "…"')
    with closing(open_app(campaign)) as app:
        _check_typed(what, app)
        made = waiting(what, app.ledger)
        now = app.clock.now()
        figure = figure_named(made.figure, app.written)
        if reject:
            looked = say_no(made, app.written, app.ledger, by=by, reason=reason, now=now)
        else:
            looked = say_yes(
                made, app.written, app.ledger, app.figures_file, by=by, reason=reason, now=now, today=today(app)
            )
        if as_json:
            answer(outcome(looked, figure))
        elif reject:
            show(f"Number {made.id} is rejected; {figure.id} stays {sentence(figure)}.")
        else:
            tell_set(looked, figure)


def _check_typed(what: str, app: App) -> None:
    """Raises ClickException for a number that was typed into the file: there its yes belongs too."""
    figure = app.written.figures.get(what)
    if figure is not None and figure.held and not app.ledger.proposals(what):
        told = f"{what} {figure.held}. It was typed into config/figures.yaml"
        raise click.ClickException(f"{told}: whoever has compared it with its source writes `confirmed_by: …` there")
