"""amplify check: all that can be known without a network."""

from collections.abc import Mapping

from amplify.domain.approval import people_needed, who_may
from amplify.domain.plan import Action
from amplify.domain.problem import Place, Problem, Severity
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger
from amplify.services.plan import Planned, plan
from amplify.services.survey import Surveyed
from amplify.services.workshop import Workshop

CAMPAIGN_FILE = "config/campaign.yaml"
CHANNELS_FILE = "config/channels.yaml"
_NAMED = 3


def check(written: Written, workshop: Workshop, ledger: Ledger | None, unset: Mapping[str, str]) -> list[Problem]:
    """What the reader found, then what the texts, the rules and the ledger say. `unset`: channel → missing secret."""
    planned = plan(written, workshop, ledger)
    told = {(p.post, p.channel) for p in written.problems if p.is_error}
    problems = list(written.problems)
    problems += [p for one in planned.surveyed if (p := _text(one)) and (p.post, p.channel) not in told]
    problems += _concerns(planned)
    problems += _ledger(planned)
    problems += _people(written)
    problems += [
        _warning("secret-unset", message, Place(file=CHANNELS_FILE), channel=name) for name, message in unset.items()
    ]
    return sorted(set(problems), key=lambda p: (p.place.file, p.place.line, p.place.column, p.code, p.message))


def _text(one: Surveyed) -> Problem | None:
    if one.unusable is None:
        return None
    wanted = one.intent.wanted
    place = wanted.part.place
    return Problem(
        severity=Severity.ERROR,
        code=one.unusable.code,
        message=f"{wanted.key}: {one.unusable}",
        hint=one.unusable.hint,
        place=Place(file=place.file, line=place.line, column=place.column),
        post=wanted.post.id,
        channel=wanted.channel.name,
    )


def _concerns(planned: Planned) -> list[Problem]:
    """What the rules would say at the slots; one warning for a post, however many channels it is about."""
    about: dict[tuple[str, str], list[Wanted]] = {}
    for one in planned.surveyed:
        for reason in one.intent.concerns:
            about.setdefault((one.intent.wanted.post.id, reason), []).append(one.intent.wanted)
    return [_concern(reason, wanted) for (_, reason), wanted in about.items()]


def _concern(reason: str, wanted: list[Wanted]) -> Problem:
    channels = sorted({each.channel.name for each in wanted})
    where = ", ".join(channels) if len(channels) <= _NAMED else f"{len(channels)} channels"
    return _warning("rule", f"when its time comes, on {where}: {reason}", wanted[0].post.place, wanted[0].post.id)


def _people(written: Written) -> list[Problem]:
    """Posts that nobody can approve, and a stop that nobody could lift, for want of people."""
    campaign = written.campaign
    if campaign is None:
        return []
    problems, there = [], len(campaign.coordinators)
    if there < campaign.rules.resume:
        told = f"going on after a stop takes {campaign.rules.resume} people (`resume`), and {there} may say so"
        problems.append(_warning("too-few-people", told, Place(file=CAMPAIGN_FILE)))
    for post in written.posts:
        needed, may = people_needed(post, campaign.rules), len(who_may(post, campaign.coordinators))
        if may < needed:
            besides = f" besides its author, {post.author}" if post.author else ""
            told = f"post {post.id} needs {needed} approvals, and {may} may give one{besides}"
            problems.append(_warning("too-few-people", told, post.place, post.id))
    return problems


def _ledger(planned: Planned) -> list[Problem]:
    """What the plan would refuse to do, unless the text itself has said so already."""
    wanted = {one.intent.wanted.key: one.intent.wanted for one in planned.surveyed if one.unusable is None}
    problems = []
    for change in planned.plan.changes:
        place = wanted[change.key].post.place if change.key in wanted else Place(file=change.file or CHANNELS_FILE)
        reason = f"{change.key}: {'; '.join(change.reasons)}"
        if change.action is Action.BLOCKED and change.key in wanted:
            problems.append(_warning("blocked", reason, place, change.key.post, change.key.channel))
        if change.action is Action.PUBLISHED and change.reasons:
            problems.append(_warning("already-public", reason, place, change.key.post, change.key.channel))
    return problems


def _warning(code: str, message: str, place: Place, post: str | None = None, channel: str | None = None) -> Problem:
    return Problem(severity=Severity.WARNING, code=code, message=message, place=place, post=post, channel=channel)
