"""A receipt leads to the place where people read."""

import pytest

from amplify.publishers.addresses import read_at


@pytest.mark.parametrize(
    ("server", "site"),
    [
        ("https://bsky.social", "https://bsky.app"),
        ("https://pds.example", "https://bsky.app"),
        ("http://127.0.0.1:8401/", "http://127.0.0.1:8401"),
        ("http://localhost:8401", "http://localhost:8401"),
        ("https://localhost.example", "https://bsky.app"),
    ],
)
def test_posts_are_read_on_the_networks_site_or_in_the_sandbox(server: str, site: str) -> None:
    assert read_at(server, "https://bsky.app") == site
