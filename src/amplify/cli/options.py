"""Options that commands share, and how instants are told."""

from datetime import datetime
from pathlib import Path

import click

from amplify.bootstrap import App
from amplify.domain.when import zone_named


campaign_option = click.option(
    "--campaign", type=click.Path(path_type=Path), default=Path(), help="The campaign's folder; by default this one."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
by_option = click.option("--by", required=True, metavar="NAME", help="Who says so: a coordinator of campaign.yaml.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def local(app: App, at: datetime) -> datetime:
    """An instant on the campaign's wall."""
    campaign = app.written.campaign
    return at.astimezone(zone_named(campaign.zone)) if campaign is not None else at


def told(app: App, at: datetime | None) -> str | None:
    """An instant as JSON tells it: ISO 8601 with the campaign's offset."""
    return local(app, at).isoformat() if at is not None else None


def shown(app: App, at: datetime) -> str:
    """An instant as people read it."""
    return f"{local(app, at):%a %d %b %Y %H:%M}"
