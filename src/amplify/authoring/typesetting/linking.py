"""Where links lead, whether a post may carry them, and what is left of them on channels that name sources only."""

from collections.abc import Mapping
from dataclasses import replace

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting.finding import find_mentions
from amplify.authoring.urls import UnusableUrl, check_url, find_names, find_others, find_urls
from amplify.domain.campaign import Link
from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.richtext import RichText, Span, SpanKind
from amplify.ports.author import UnusableText

#: Of a server's name without a scheme, only these count: it may be no address at all.
_HIDING = frozenset({"short-link", "tracking-link"})


def resolved(rich: RichText, links: Mapping[str, Link]) -> RichText:
    """Names of links as their addresses. Raises UnusableText."""
    return replace(rich, spans=tuple(_resolved(span, links) for span in rich.spans))


def judged(rich: RichText, channel: Channel) -> RichText:
    """The links that this channel may show. Raises UnusableText."""
    for span in rich.spans:
        if span.kind is SpanKind.LINK:
            check_link(span.value)
            _check_label(rich.text[span.start : span.end], span.value)
    check_addresses(rich.text, channel)
    if channel.links is LinkPolicy.FULL:
        return rich
    return rich.keep(lambda span: span.kind is not SpanKind.LINK)


def check_addresses(text: str, channel: Channel) -> None:
    """Raises UnusableText at the first that a network would link and that may not stand in a text."""
    if channel.links is LinkPolicy.NAME_ONLY:
        mentions = [text[start:end] for start, end in find_mentions(text)]
        for start, end in (*find_urls(text), *find_names(text), *find_others(text)):
            if not any(text[start:end] in handle for handle in mentions):
                raise on_name_only(text[start:end], channel)
        return
    for start, end in find_urls(text):
        check_link(text[start:end] if "://" in text[start:end] else f"https://{text[start:end]}")
    for start, end in find_names(text):
        check_link(f"https://{text[start:end]}", _HIDING)
    for start, end in find_others(text):
        if "://" in text[start:end]:
            check_link(text[start:end])


def on_name_only(address: str, channel: Channel) -> UnusableText:
    told = f"{channel.name} names sources in words, and “{address}” is a link that readers can be punished for"
    return UnusableText(told, code="link-on-name-only", hint="name the source in words, or use [label](link name)")


def check_link(url: str, codes: frozenset[str] = frozenset()) -> None:
    """Raises UnusableText where no post may carry this address: for any reason, or for one of `codes`."""
    try:
        check_url(url)
    except UnusableUrl as bad:
        if not codes or bad.code in codes:
            raise UnusableText(str(bad), code=bad.code, hint=bad.hint) from None


def _check_label(label: str, url: str) -> None:
    for start, end in find_urls(label):
        if label[start:end] not in (url, url.removeprefix("https://")):
            told = f"“{label[start:end]}” is written here, and the link leads to {url}"
            raise UnusableText(told, code="misleading-link", hint="write words as its label, or the same address")


def _resolved(span: Span, links: Mapping[str, Link]) -> Span:
    if span.kind is not SpanKind.LINK or "://" in span.value:
        return span
    if span.value not in links:
        told = f"“{span.value}” is neither a web address nor a link of config/campaign.yaml"
        raise UnusableText(told, code="unknown-link", hint=nearest(span.value, links))
    return replace(span, value=links[span.value].url)
