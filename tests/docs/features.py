"""docs/features.md, made of what the installed networks list: run this file to write it anew."""

from collections.abc import Iterator

from amplify.domain.feature import Feature
from amplify.publishers import installed
from docs.pages import ROOT

PAGE = ROOT / "docs" / "features.md"
HEAD = """\
# What each network can do

A post is written once, and each network shows it as well as it can. What a post wants and a network has not is an error in
`amplify check`: nothing is ever left out in silence. Write such things for one network under `on:`, or leave that network out of
`channels`. [Writing posts](writing-posts.md) explains every key.

This table is made from the networks themselves (`make features`), and each “yes” was seen on a wall: `make test` publishes one
post for every feature to every server that it has, and looks at what followers see. What only some servers of a network can do is
read from your own server when amplify connects, and `check` goes by that.

"""
#: How a post asks for it; nothing to be written where it is just so.
WRITTEN = {
    Feature.MARKS: "`**bold**`, `_italic_`; elsewhere the words stand without marks",
    Feature.LABELLED_LINK: "`[words](petition)`; elsewhere the address follows the words",
    Feature.TAG: "`tags:`; elsewhere they are words",
    Feature.MENTION: "`@` and a handle of `addressees`",
    Feature.LANGUAGE: "the channel's `language`",
    Feature.THREAD: "`thread:`, `split: true`",
    Feature.LINK_CARD: "`link:`; elsewhere a line with the link",
    Feature.BUTTON: "`on: {telegram: {button: petition}}`",
    Feature.PICTURE: "`media:` with one file, or `card:`",
    Feature.ALBUM: "`media:` with several files",
    Feature.ALT: "`alt:`; it is required everywhere",
    Feature.FOCUS: "`focus:` of a picture; elsewhere nothing is cut off",
    Feature.ANIMATION: "`media:` with a GIF",
    Feature.VIDEO: "`media:` with a video",
    Feature.POLL: "`poll:`; never in `be` and `ru`",
    Feature.WARNING: "`warning:` under `on:`",
    Feature.SENSITIVE: "`sensitive: true` under `on:`",
    Feature.LABEL: "`label:` under `on:`",
    Feature.VISIBILITY: "`visibility:` under `on:`",
    Feature.REPLY_RULES: "`replies:` under `on:`",
    Feature.QUOTE_RULES: "`quoting:` under `on:`",
    Feature.QUOTE: "`quotes:` and the id of a post",
    Feature.BOOST: "`boosts:` and the id of a post",
    Feature.PIN: "`pin: true`",
    Feature.OUTLINE_TAGS: "`outline_tags:` under `on:`",
    Feature.SILENT: "`silent: true` under `on:`",
    Feature.PROTECT: "`protect: true` under `on:`",
    Feature.PREVIEW: "`preview:` under `on:`",
    Feature.TOPIC: "`topic:`",
    Feature.EDIT: "`as: edit` in a correction",
}


def page() -> str:
    return HEAD + "\n".join(_table()) + "\n"


def _table() -> Iterator[str]:
    networks = installed()
    yield f"| | {' | '.join(name.capitalize() for name in networks)} | how a post asks for it |"
    yield f"|---|{'---|' * len(networks)}---|"
    for feature in Feature:
        has = ["yes" if feature in network.features else "–" for network in networks.values()]
        yield f"| {feature} | {' | '.join(has)} | {WRITTEN[feature]} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
