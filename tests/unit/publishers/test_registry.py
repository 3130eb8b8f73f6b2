"""Networks are found by entry point, ours like a stranger's."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from amplify.publishers import BrokenPlugin, installed
from amplify.publishers.registry import GROUP, load


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


def test_our_three_networks_are_installed() -> None:
    assert {"mastodon", "bluesky", "telegram"} <= set(installed())


def test_each_network_says_which_of_its_keys_are_secret() -> None:
    secret = {name: [f.name for f in network.fields if f.secret] for name, network in installed().items()}
    assert secret == {"apprise": ["address"], "bluesky": ["password"], "mastodon": ["token"], "telegram": ["token"]}


@pytest.mark.parametrize(
    "value", ["no_such_module:X", "amplify.publishers.mastodon:NOTHING", "amplify.publishers:GROUP"]
)
def test_a_broken_plugin_is_named(value: str) -> None:
    with pytest.raises(BrokenPlugin, match="“fediverse”"):
        load([point("fediverse", value)])


def test_a_plugin_that_calls_itself_otherwise_is_named() -> None:
    with pytest.raises(BrokenPlugin, match=r"“fediverse” .* calls itself “mastodon”"):
        load([point("fediverse", "amplify.publishers.mastodon:MASTODON")])


def test_two_plugins_of_one_name_are_too_many() -> None:
    with pytest.raises(BrokenPlugin, match="two installed packages"):
        load([point("mastodon", "amplify.publishers.mastodon:MASTODON")] * 2)


def test_knowing_the_networks_loads_no_client_library() -> None:
    """`check` on a small machine must not wait for libraries that only the worker needs."""
    script = (
        "import sys; from amplify.publishers import installed; installed();"
        "print({'apprise','mastodon','atproto','telegram','httpx','requests','ugrapheme'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
