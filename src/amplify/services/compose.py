"""From a wanted delivery to its rendition: body, number, link, tags, pictures, laid out in the network's manner."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from amplify.domain.campaign import Campaign
from amplify.domain.channel import NO_POLLS, Channel
from amplify.domain.finding import Finding
from amplify.domain.lint import Subject
from amplify.domain.moving import masked, seen
from amplify.domain.picture import Shown
from amplify.domain.poll import Poll
from amplify.domain.post import PERSON, Post
from amplify.domain.problem import Passage, Place
from amplify.domain.protected import Register
from amplify.domain.rendition import Button, FigureUsed, Layout, Limits, LinkCard, Onto, Rendition
from amplify.domain.richtext import paragraphs, plain
from amplify.domain.tags import expand, fit, line
from amplify.domain.wanted import Wanted
from amplify.domain.written import Written
from amplify.ports.author import Typeset, UnusableText
from amplify.ports.publisher import Network, Refuses
from amplify.services.body import buttons_of, settings_of, whole
from amplify.services.link_card import link_card_of
from amplify.services.protect import check_persons, unnamed
from amplify.services.shown import shown_with, unmoved
from amplify.services.workshop import Workshop

#: Settings that name something else: what that is stands beside them.
_NOT_SHOWN = frozenset({"as", "button", "corrects", "quotes", "boosts"})
_NO_POLL_HINT = "ask in words that nobody needs to answer, or leave this language out of the post's `languages`"
_POLL_HINT = "change its `options:` or `lasts:`, or give this network a post of its own"


def compose(wanted: Wanted, written: Written, workshop: Workshop, limits: Limits) -> Rendition:
    """Render, lay out, measure and lint. Raises UnusableText, also when the text is too long or a rule forbids it.

    What is raised names nobody who is protected.
    """
    register = workshop.protection.read()
    with unnamed(register):
        return _compose(wanted, written, workshop, limits, register)


def _compose(wanted: Wanted, written: Written, workshop: Workshop, limits: Limits, register: Register) -> Rendition:
    """Raises UnusableText."""
    campaign, post, channel = written.campaign, wanted.post, wanted.channel
    if campaign is None:
        raise UnusableText("config/campaign.yaml cannot be used", code="no-campaign")
    network = workshop.networks[channel.network]
    if post.boosts:
        return _able(_again(wanted, network, limits), network, limits)
    set_in_type = _typeset(wanted, written, workshop)
    settings, buttons = settings_of(wanted, campaign), buttons_of(wanted, campaign)
    if post.corrects:
        settings["corrects"] = post.corrects
    quotes = post.quotes if wanted.position == 0 else ""
    if quotes:
        settings["quotes"] = quotes
    pictures = shown_with(wanted, written, workshop.pictures, limits, set_in_type.card)
    card = link_card_of(wanted, written, network, workshop.pictures, limits, alone=not pictures)
    body = whole(set_in_type.body, wanted, settings, campaign, carded=card is not None)
    limits = limits.beside(pictures)

    @cache
    def show(tags: tuple[str, ...]) -> Layout:
        return network.lay_out(paragraphs(body, line(tags)), settings, limits)

    tags = expand(post.tags, campaign.hashtags) if wanted.position == 0 else ()
    cap = campaign.rules.tag_cap(channel.network)
    placed = fit(tags, cap, lambda chosen: not show(chosen).too_long)
    layout = show(placed)
    poll = _poll(post, channel, limits)
    besides = [*_besides(settings, buttons, pictures, card, channel), *(poll.options if poll is not None else ())]
    dangerous = workshop.author.vet(written, channel, layout, besides)
    subject = Subject(
        written=written,
        campaign=campaign,
        wanted=wanted,
        body=set_in_type.body,
        layout=layout,
        source=set_in_type.source,
        passage=set_in_type.passage or Passage(start=wanted.part.begins(channel.language)),
        tags=placed,
        excerpts=set_in_type.excerpts,
        figures=set_in_type.figures,
        pictures=pictures,
        picture_limits=limits.pictures,
        link_card=card,
        poll=poll,
        settings=settings,
        besides=tuple(besides),
    )
    check_persons(subject, register, workshop.clock.now(), person=set_in_type.person)
    linted = workshop.author.lint(subject)
    _stop_at_errors((*_too_long(layout, post), *linted))
    fixed = None
    if campaign.rules.moving is not None and set_in_type.figures:
        hidden = _typeset(wanted, _masked(written, set_in_type.figures), workshop)
        fixed_body = paragraphs(whole(hidden.body, wanted, settings, campaign, carded=card is not None), line(placed))
        fixed = network.lay_out(fixed_body, settings, limits)
        pictures = unmoved(pictures, hidden.card)
    return _able(
        Rendition(
            key=wanted.key,
            network=channel.network,
            channel=channel.name,
            language=channel.language,
            due=wanted.due,
            layout=layout,
            pictures=pictures,
            poll=poll,
            link_card=card,
            buttons=buttons,
            onto=Onto.QUOTE if quotes else Onto.REPLY,
            pin=post.pin and wanted.position == 0,
            settings=settings,
            figures=set_in_type.figures,
            day_bound=set_in_type.day_bound,
            risky=tuple(sorted({*set_in_type.risky, *dangerous})),
            person=set_in_type.person or bool(post.person),
            warnings=linted,
            excerpts=set_in_type.excerpts,
            links=set_in_type.links | _added(wanted, buttons, campaign),
            fixed=fixed,
            seen=seen(written.figures[used.id] for used in set_in_type.figures) if fixed is not None else "",
        ),
        network,
        limits,
    )


def _again(wanted: Wanted, network: Network, limits: Limits) -> Rendition:
    """An own post shown once more, as it is: there are no words to set."""
    settings = {**wanted.settings, "boosts": wanted.post.boosts}
    return Rendition(
        key=wanted.key,
        network=wanted.channel.network,
        channel=wanted.channel.name,
        language=wanted.channel.language,
        due=wanted.due,
        layout=network.lay_out(plain(""), settings, limits),
        onto=Onto.BOOST,
        settings=settings,
        person=bool(wanted.post.person) or wanted.post.kind in PERSON,
    )


def _able(rendition: Rendition, network: Network, limits: Limits) -> Rendition:
    """As it is. Raises UnusableText where the network cannot do what the post wants: nothing is left out in silence."""
    lacks = sorted(rendition.wants() - network.features)
    if lacks:
        told = f"{network.name} has not: {', '.join(lacks)}"
        raise UnusableText(told, code="unsupported", hint=f"take it out, or leave {network.name} out of `channels`")
    refused = tuple(network.refusals(rendition, limits)) if isinstance(network, Refuses) else ()
    if refused:
        hint = f"change that, or give {network.name} a post of its own"
        raise UnusableText("; ".join(refused), code="unsupported", hint=hint)
    return rendition


def _typeset(wanted: Wanted, written: Written, workshop: Workshop) -> Typeset:
    """Raises UnusableText."""
    return workshop.author.typeset(
        written, wanted.post, wanted.part, wanted.channel, wanted.values, wanted.days_left, wanted.event
    )


def _masked(written: Written, used: Iterable[FigureUsed]) -> Written:
    """The same, without the numbers of these figures."""
    hidden = {one.id: masked(written.figures[one.id]) for one in used}
    return replace(written, figures={**written.figures, **hidden})


def _added(wanted: Wanted, buttons: tuple[Button, ...], campaign: Campaign) -> frozenset[str]:
    """Where the link below the text and the buttons lead."""
    post = wanted.post
    below = {campaign.links[post.link].url} if post.link and wanted.position == len(post.parts) - 1 else set()
    return frozenset(below | {button.url for button in buttons})


def _too_long(layout: Layout, post: Post) -> tuple[Finding, ...]:
    hint = "shorten the text, or give this network its own under `on:`"
    if post.split:
        hint = "a sentence is never cut, nor a text with `{% … %}`: make two of it"
    return (Finding(code="too-long", message=layout.too_long, hint=hint),) if layout.too_long else ()


def _stop_at_errors(findings: tuple[Finding, ...]) -> None:
    """Raises UnusableText, with all that was found."""
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        told = "; ".join(dict.fromkeys(error.message for error in errors))
        first = errors[0]
        raise UnusableText(told, code=first.code, hint=first.hint, place=first.place, findings=findings)


def _poll(post: Post, channel: Channel, limits: Limits) -> Poll | None:
    """Raises UnusableText."""
    wish = post.poll
    if wish is None:
        return None
    if channel.base_language in NO_POLLS:
        raise _no_polls(channel, wish.place)
    poll = wish.spoken(channel.language, channel.base_language)
    if poll is None:
        told = f"the poll has no options in `{channel.language}`"
        hint = f"add a line `{channel.language}: [Yes, No]` with your words below `options:`"
        raise UnusableText(told, code="missing-language", hint=hint, place=wish.place)
    if limits.poll is not None and (told := "; ".join(limits.poll.refusals(poll))):
        raise UnusableText(told, code="poll-does-not-fit", hint=_POLL_HINT, place=wish.place)
    return poll


def _no_polls(channel: Channel, place: Place | None) -> UnusableText:
    told = f"there are no polls on {channel.name}: who answers one can be seen"
    return UnusableText(told, code="poll", hint=_NO_POLL_HINT, place=place)


def _besides(
    settings: Mapping[str, str],
    buttons: tuple[Button, ...],
    pictures: tuple[Shown, ...],
    card: LinkCard | None,
    channel: Channel,
) -> list[str]:
    """What followers see that is not in the text."""
    if channel.base_language in NO_POLLS and any("poll" in name.lower() for name in settings):
        raise _no_polls(channel, None)
    shown = [value for name, value in settings.items() if name not in _NOT_SHOWN]
    shown += [word for button in buttons for word in (button.label, button.url)]
    shown += [card.title, card.description, card.url] if card is not None else []
    return [*shown, *(picture.alt for picture in pictures)]
