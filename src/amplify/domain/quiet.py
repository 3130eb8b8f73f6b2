"""When nothing is published: the quiet hours of a campaign, which may go over midnight."""

from datetime import datetime, timedelta

from amplify.domain.campaign import QuietHours
from amplify.domain.when import on_wall, zone_named


def quiet_until(quiet: QuietHours, now: datetime, zone: str) -> datetime | None:
    """When the quiet that `now` falls into ends, or None."""
    local = now.astimezone(zone_named(zone)).replace(tzinfo=None)
    clock = local.time()
    over_midnight = quiet.since > quiet.until
    inside = clock >= quiet.since or clock < quiet.until if over_midnight else quiet.since <= clock < quiet.until
    if not inside:
        return None
    end = local.replace(hour=quiet.until.hour, minute=quiet.until.minute, second=0, microsecond=0)
    if end <= local:
        end += timedelta(days=1)
    return on_wall(end, zone).at
