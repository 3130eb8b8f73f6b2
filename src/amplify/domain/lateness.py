"""Until when a post may still go out."""

from datetime import datetime, time, timedelta

from amplify.domain.campaign import Campaign
from amplify.domain.post import DAY_BOUND, Post
from amplify.domain.rendition import Rendition
from amplify.domain.when import on_wall, zone_named


def latest(rendition: Rendition, post: Post, campaign: Campaign) -> datetime:
    """How late it may still go: `rules.late` after its slot, and where its words hold on one day only, on that day."""
    last = rendition.due + campaign.rules.late
    if not is_day_bound(rendition, post):
        return last
    local = rendition.due.astimezone(zone_named(campaign.zone))
    return min(last, on_wall(datetime.combine(local.date() + timedelta(days=1), time()), campaign.zone).at)


def is_day_bound(rendition: Rendition, post: Post) -> bool:
    """Whether its words hold on one day only."""
    return rendition.day_bound or post.kind in DAY_BOUND
