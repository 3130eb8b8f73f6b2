"""config/campaign.yaml as a Campaign. Links, tags and people that are wrong are left out; all else must be right.

Rules are never guessed: with an error in any other line there is no campaign, and nothing is sent.
"""

from dataclasses import replace

from amplify.authoring.reading.campaign_schema import CampaignFile, Directory, LinkEntry, PauseEntry, RulesEntry
from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Items, Node, Scalar, Table, follow, place_of
from amplify.authoring.reading.typed import typed
from amplify.authoring.reading.words import Known
from amplify.domain.campaign import Campaign, Caps, Link, Pause, QuietHours, Rules
from amplify.domain.picture import Media
from amplify.domain.problem import Problem
from amplify.domain.when import resolve

CAMPAIGN_FILE = "config/campaign.yaml"


def read_campaign(node: Node, networks: tuple[str, ...]) -> tuple[Campaign | None, list[Problem]]:
    """The campaign, where it can be used, and everything that is wrong."""
    known = Known(languages=_languages(node), networks=networks)
    entry, problems = typed(CampaignFile, node, known)
    if entry is None:
        entry, _ = typed(CampaignFile, _without_wrong(node, known), known)
    if entry is None:
        return None, problems
    endless = [
        error("empty-pause", "this pause ends before it begins", place_of(node, "rules", "pauses", number, "until"))
        for number, pause in enumerate(entry.rules.pauses)
        if _pause(pause, entry).until <= _pause(pause, entry).since
    ]
    if endless:
        return None, [*problems, *endless]
    return _campaign(entry, node), problems


def _languages(node: Node) -> tuple[str, ...]:
    listed = follow(node, ["languages"])
    return tuple(one.value for one in listed.items if isinstance(one, Scalar)) if isinstance(listed, Items) else ()


def _without_wrong(node: Node, known: Known) -> Node:
    """The file without those links, tags and people that are wrong by themselves."""
    if not isinstance(node, Table):
        return node
    entries = dict(node.entries)
    for section in Directory.model_fields:
        table = entries.get(section)
        if isinstance(table, Table):
            wrong = [name for name, one in table.entries.items() if _is_wrong(section, name, one, known)]
            entries[section] = table.without(*wrong)
    return replace(node, entries=entries)


def _is_wrong(section: str, name: str, one: Node, known: Known) -> bool:
    alone = Table(entries={section: Table(entries={name: one}, place=one.place)}, place=one.place)
    return typed(Directory, alone, known)[0] is None


def _campaign(entry: CampaignFile, node: Node) -> Campaign:
    return Campaign(
        name=entry.name,
        edition=entry.edition,
        zone=entry.timezone,
        day=entry.day,
        languages=tuple(entry.languages),
        hashtags={name: tuple(tags) for name, tags in entry.hashtags.items()},
        links={name: _link(name, link, node) for name, link in entry.links.items()},
        addressees=entry.addressees,
        coordinators=frozenset(entry.coordinators),
        rules=_rules(entry.rules, entry),
        risky_tags=frozenset(entry.risky_tags),
        safety_line=entry.safety_line,
        title=entry.title,
        glossary=entry.glossary,
    )


def _link(name: str, link: LinkEntry, node: Node) -> Link:
    file, picture = link.picture, None
    if file is not None:
        by = file if isinstance(file, dict) else {"": file}
        picture = Media(file=by, alt={}, place=place_of(node, "links", name, "picture"))
    return Link(
        name=name, url=link.url, label=link.label, title=link.title, description=link.description, picture=picture
    )


def _rules(rules: RulesEntry, entry: CampaignFile) -> Rules:
    quiet, caps = rules.quiet_hours, rules.per_account
    return Rules(
        people=rules.approval.people,
        moving=rules.approval.moving,
        resume=rules.resume,
        late=rules.late,
        quiet_hours=QuietHours(since=quiet.since, until=quiet.until) if quiet else None,
        per_account=Caps(a_day=caps.a_day, on_day=caps.on_day, least_gap=caps.least_gap),
        tags={**Rules().tags, **rules.tags},
        figure_max_age=rules.figure_max_age,
        figure_people=rules.figure_people,
        pauses=tuple(_pause(pause, entry) for pause in rules.pauses),
        lint=rules.lint,
    )


def _pause(pause: PauseEntry, entry: CampaignFile) -> Pause:
    return Pause(
        since=resolve(pause.since, entry.day, entry.timezone).at,
        until=resolve(pause.until, entry.day, entry.timezone).at,
        kinds=frozenset(pause.kinds),
        reason=pause.reason,
    )
