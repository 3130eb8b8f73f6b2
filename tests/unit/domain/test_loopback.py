"""Which addresses are this machine, where nobody follows."""

import pytest

from amplify.domain.loopback import on_this_machine

HERE = ["http://127.0.0.1:8000", "http://127.0.0.1:8000/@campaign", "http://localhost/users/campaign", "https://[::1]/"]
ELSEWHERE = [
    "https://mastodon.example/@127.0.0.1",
    "http://127.0.0.1@mastodon.example/",
    "http://127.0.0.1:80@mastodon.example/@campaign",
    "http://127.0.0.1\\@mastodon.example/",
    "http://127.0.0.1.mastodon.example/",
    "http://mastodon.example/",
]


@pytest.mark.parametrize("address", HERE)
def test_an_address_of_this_machine_may_lead_to_an_account_on_it(address: str) -> None:
    assert on_this_machine(address)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_address_passes_for_this_machine(address: str) -> None:
    assert not on_this_machine(address)
