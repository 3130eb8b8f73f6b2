"""amplify check: all that can be known without a network."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from amplify.domain.approval import people_needed, who_may
from amplify.domain.finding import Finding
from amplify.domain.key import Key
from amplify.domain.plan import Action
from amplify.domain.problem import Place, Problem, Severity
from amplify.domain.protected import Register
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.ledger import Ledger
from amplify.services.parity import parity
from amplify.services.plan import Planned, plan
from amplify.services.survey import Surveyed
from amplify.services.twins import twins
from amplify.services.workshop import Workshop

CAMPAIGN_FILE = "config/campaign.yaml"
CHANNELS_FILE = "config/channels.yaml"
_NAMED = 3
_CODES = {Action.BLOCKED: "blocked", Action.PUBLISHED: "already-public"}


def check(written: Written, workshop: Workshop, ledger: Ledger | None, unset: Mapping[str, str]) -> list[Problem]:
    """What the reader found, then what the texts, the rules and the ledger say. `unset`: channel → missing secret."""
    return in_order([*findings(written, plan(written, workshop, ledger)), *secrets_unset(unset)], workshop)


def in_order(problems: Iterable[Problem], workshop: Workshop) -> list[Problem]:
    """Each once, as they stand in the files, naming nobody who is protected."""
    register = workshop.protection.read()
    if register.entries:
        problems = [replace(p, message=register.masked(p.message), hint=register.masked(p.hint)) for p in problems]
    if register.fault:
        problems = [*problems, _unprotected(register)]
    once = {(p.severity, p.code, p.message, p.hint, p.place): p for p in problems}
    return sorted(
        once.values(),
        key=lambda p: (p.place.file, p.place.line, p.place.column, p.code, p.message, p.hint, p.severity),
    )


def secrets_unset(unset: Mapping[str, str]) -> list[Problem]:
    """A warning for each channel that misses one."""
    place = Place(file=CHANNELS_FILE)
    return [_warning("secret-unset", message, place, channel=name) for name, message in unset.items()]


def findings(written: Written, planned: Planned) -> list[Problem]:
    """What is wrong with posts that were read together, in no order; what the whole campaign has wrong stands there too."""
    told = {(p.post, p.channel) for p in written.problems if p.is_error}
    problems = [p for p in written.problems if p.is_error or not _off(p.code, written)]
    problems += _texts(planned, told)
    problems += twins(written, planned.surveyed)
    problems += parity(written, planned.surveyed)
    problems += _concerns(planned)
    problems += _ledger(planned)
    problems += _people(written, planned)
    return problems


def _off(code: str, written: Written) -> bool:
    return written.campaign is not None and written.campaign.rules.lint.get(code) == "off"


def _texts(planned: Planned, told: Collection[tuple[str | None, str | None]]) -> list[Problem]:
    """What is wrong with texts and pictures; told once, however many channels and occurrences it is about."""
    about: dict[tuple[str, str, Place, str, str], tuple[Finding, list[Wanted]]] = {}
    for one in planned.surveyed:
        wanted = one.intent.wanted
        if (wanted.post.id, wanted.channel.name) in told:
            continue
        for finding in _findings(one):
            place = finding.place or wanted.part.begins(wanted.channel.language)
            whose = ("", "") if place.file == CAMPAIGN_FILE else (wanted.key.post, wanted.key.part)
            same = (*whose, place, finding.code, finding.message)
            about.setdefault(same, (finding, []))[1].append(wanted)
    return [_text(finding, place, wanted) for (_, _, place, _, _), (finding, wanted) in about.items()]


def _findings(one: Surveyed) -> tuple[Finding, ...]:
    """What lint says, or what else is wrong with the text."""
    unusable, rendition = one.unusable, one.intent.rendition
    if unusable is None:
        return rendition.warnings if rendition is not None else ()
    alone = Finding(code=unusable.code, message=str(unusable), hint=unusable.hint, place=unusable.place)
    return unusable.findings or (alone,)


def _text(finding: Finding, place: Place, wanted: list[Wanted]) -> Problem:
    return Problem(
        severity=finding.severity,
        code=finding.code,
        message=f"{_whats(wanted)} on {_channels(each.key for each in wanted)}: {finding.message}",
        hint=finding.hint,
        place=place,
        post=wanted[0].post.id,
        channel=wanted[0].channel.name if len({each.channel.name for each in wanted}) == 1 else None,
    )


def _whats(wanted: list[Wanted]) -> str:
    posts = {each.post.id for each in wanted}
    return f"{len(posts)} posts" if len(posts) > 1 else _what(wanted[0].key)


def _what(key: Key) -> str:
    return f"{key.post}.{key.part}" if key.part else key.post


def _channels(keys: Iterable[Key]) -> str:
    names = sorted({key.channel for key in keys})
    return ", ".join(names) if len(names) <= _NAMED else f"{len(names)} channels"


def _concerns(planned: Planned) -> list[Problem]:
    """What the rules would say at the slots; one warning for a post, however many channels it is about."""
    about: dict[tuple[str, str], list[Wanted]] = {}
    for one in planned.surveyed:
        for reason in one.intent.concerns:
            whose = "" if reason == one.crowded else one.intent.wanted.post.id
            about.setdefault((whose, reason), []).append(one.intent.wanted)
    return [_concern(reason, wanted, alone=bool(whose)) for (whose, reason), wanted in about.items()]


def _concern(reason: str, wanted: list[Wanted], *, alone: bool) -> Problem:
    """What is too much together says itself where."""
    place, post = wanted[0].post.place, wanted[0].post.id
    if alone:
        return _warning("rule", f"when its time comes, on {_channels(w.key for w in wanted)}: {reason}", place, post)
    return replace(_warning("rule", reason, place, post), hint="give some of them another time")


def _people(written: Written, planned: Planned) -> list[Problem]:
    """Posts that nobody can approve, and a stop that nobody could lift, for want of people."""
    campaign = written.campaign
    if campaign is None:
        return []
    problems, there = [], len(campaign.coordinators)
    if there < campaign.rules.resume:
        told = f"going on after a stop takes {campaign.rules.resume} people (`resume`), and {there} may say so"
        problems.append(_warning("too-few-people", told, Place(file=CAMPAIGN_FILE)))
    endings: dict[str, set[str]] = {post.id: {""} for post in written.posts}
    for one in planned.surveyed:
        if one.intent.rendition is not None:
            endings[one.intent.wanted.post.id].add(one.intent.rendition.ending)
    for post in written.posts:
        needed = max(people_needed(post, campaign.rules, ending) for ending in endings[post.id])
        may = len(who_may(post, campaign.coordinators))
        if may < needed:
            besides = f" besides its author, {post.author}" if post.author else ""
            told = f"post {post.id} needs {needed} {'approval' if needed == 1 else 'approvals'}, and {may} may give one{besides}"
            problems.append(_warning("too-few-people", told, post.place, post.id))
    return problems


def _ledger(planned: Planned) -> list[Problem]:
    """What the plan would refuse to do, unless the text itself has said so already; once for all channels."""
    wanted = {one.intent.wanted.key: one.intent.wanted for one in planned.surveyed if one.unusable is None}
    about: dict[tuple[str, str, str, Place], list[Key]] = {}
    for change in planned.plan.changes:
        key, known = change.key, change.key in wanted
        place = wanted[key].post.place if known else Place(file=change.file or CHANNELS_FILE)
        code = _CODES.get(change.action)
        if code and change.reasons and (known or change.action is Action.PUBLISHED):
            occurrence = f" ({key.occurrence})" if key.occurrence else ""
            about.setdefault((code, f"{_what(key)}{occurrence}", "; ".join(change.reasons), place), []).append(key)
    return [
        _warning(code, f"{what} on {_channels(keys)}: {reasons}", place, keys[0].post, keys[0].channel)
        for (code, what, reasons, place), keys in about.items()
    ]


def _unprotected(register: Register) -> Problem:
    return Problem(
        severity=Severity.ERROR, code="protected-register", message=register.fault, place=Place(file=CAMPAIGN_FILE)
    )


def _warning(code: str, message: str, place: Place, post: str | None = None, channel: str | None = None) -> Problem:
    return Problem(severity=Severity.WARNING, code=code, message=message, place=place, post=post, channel=channel)
