"""amplify apply: the plan into the ledger, as one revision."""

from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.at_hand import usable
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import busy, show
from amplify.cli.told import answer, many
from amplify.domain.when import zone_named


@click.command(epilog="\b\nExample:\n  amplify plan\n  amplify apply")
@campaign_option
@json_option
def apply(campaign: Path, as_json: bool) -> None:
    """Take everything that is written into the ledger, as one whole. Nothing is published by it.

    Posts that are wrong are held and never go out with their older text; everything else is taken.
    """
    from amplify.cli.changes import agenda_of, as_answer, tell
    from amplify.domain.delivery import State
    from amplify.services.apply import apply as take

    with closing(open_app(campaign)) as app:
        head, ledger = usable(app), app.ledger
        with busy("applying", quiet=as_json):
            planned = take(app.files, app.workshop, ledger, by="cli", written=app.written)
        made, number = planned.plan, ledger.revision_id()
        if as_json:
            answer({**as_answer(made, zone_named(head.zone)), "revision": number})
            return
        tell(agenda_of(planned, app.written, head))
        show(f"Applied: this is revision {number}." if made.steps else f"Nothing to change: revision {number} stands.")
        waiting = {row.key.post for row in ledger.deliveries((State.PLANNED,))}
        if waiting:
            show(f"{many(len(waiting), 'post waits', 'posts wait')} for a yes: `amplify approve POST --by NAME`.")
