"""Networks are found by entry point, ours like a stranger's."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from amplify.publishers import installed
from amplify.publishers.registry import GROUP, load, networks


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


def test_our_three_networks_are_installed() -> None:
    assert {"mastodon", "bluesky", "telegram"} <= set(installed())


def test_each_network_says_which_of_its_keys_are_secret() -> None:
    secret = {name: [f.name for f in network.fields if f.secret] for name, network in installed().items()}
    assert secret == {"apprise": ["address"], "bluesky": ["password"], "mastodon": ["token"], "telegram": ["token"]}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no_such_module:X", "cannot be loaded (ModuleNotFoundError"),
        ("amplify.publishers.mastodon:NOTHING", "cannot be loaded (AttributeError"),
        ("amplify.publishers.registry:GROUP", "cannot be loaded (AttributeError"),
        ("amplify.publishers.mastodon:MASTODON", "it calls itself “mastodon”: names must agree"),
        ("made_up.misfits:UNNUMBERED", "does not say which port it is written for, and this amplify has port 1"),
        ("made_up.misfits:NEWER", "written for port 2, and this amplify has port 1: update amplify"),
        ("made_up.misfits:OLDER", "written for port 0, and this amplify has port 1: update a package"),
        ("made_up.misfits:HALF", "it has no defaults, no lay_out"),
        ("made_up.leaves:NOTHING", "cannot be loaded (SystemExit"),
    ],
)
def test_a_broken_plugin_is_left_out_and_says_why(value: str, why: str) -> None:
    ours = point("mastodon", "amplify.publishers.mastodon:MASTODON")
    found = load([point("fediverse", value), ours])
    assert [(one.name, why in one.broken) for one in found if one.broken] == [("fediverse", True)], found
    assert [*networks(found)] == ["mastodon"]


def test_of_two_strangers_of_one_name_neither_is_taken() -> None:
    found = load([point("square", "made_up.package.src.notice_boards.square:SQUARE")] * 2)
    assert [one.broken.partition(":")[0] for one in found] == ["2 installed packages bring a publisher “square”"] * 2


def test_knowing_the_networks_loads_no_client_library() -> None:
    """`check` on a small machine must not wait for libraries that only the worker needs, nor for what they stand on."""
    script = (
        "import sys; from amplify.publishers import installed; installed();"
        "print({'apprise','mastodon','atproto','telegram','httpx','requests','ugrapheme','asyncio','ssl'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
