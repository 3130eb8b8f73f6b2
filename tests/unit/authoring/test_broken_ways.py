"""What `amplify check` says of a server, a proxy and certificates that are written wrongly; a password is never repeated."""

from collections.abc import Callable

import pytest

from .town import CHANNELS

_AT = 'server: "https://town.example", token: "${TOKEN_EN}"'
Told = Callable[..., list[str]]


def written(keys: str) -> dict[str, str]:
    return {"config/channels.yaml": CHANNELS.replace(_AT, f'{keys}, token: "${{TOKEN_EN}}"', 1)}


@pytest.mark.parametrize(
    ("server", "told"),
    [
        ("http://town.example", "a server is reached by https only"),
        ("https://town.example/api/v1", "the address of a server ends behind its name: “/api/v1” is too much"),
        ("https://somebody@town.example", "the address of a server ends behind its name: “somebody@” is too much"),
    ],
)
def test_a_server_is_https_and_a_name_and_nothing_else(checked: Told, server: str, told: str):
    said = [line for line in checked(written(f'server: "{server}"')) if "channels.yaml" in line]
    assert [line.partition(told)[0] for line in said] == ["config/channels.yaml:1:56: error: "]
    assert said[0].endswith('(write `server: "https://town.example"`)')


@pytest.mark.parametrize("server", ["https://TOWN.example", "https://town.example/", "HTTPS://town.example:443"])
def test_capital_letters_and_a_slash_are_only_another_spelling(checked: Told, server: str):
    assert checked(written(f'server: "{server}"')) == []


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ('proxy: "socks5://me:canary@127.0.0.1:9050"', "a proxy's password must never be written here"),
        ('proxy: "ftp://127.0.0.1:21"', "this proxy cannot be used: its address begins with socks5://"),
        ('proxy: "127.0.0.1:9050"', "this proxy cannot be used: its address begins with socks5://"),
        ('proxy: "socks5://127.0.0.1"', "this proxy cannot be used: its address needs a host and a port"),
        ('proxy: "socks5://127.0.0.1:9050/tor"', "this proxy cannot be used: its address ends behind the port"),
        ("proxy: [one, two]", "`proxy` needs a single text"),
        ('ca: "${CERTIFICATES}"', "`ca` is not secret, so `${…}` is not read here"),
    ],
)
def test_a_proxy_is_a_scheme_a_host_and_a_port(checked: Told, key: str, told: str):
    said = [line for line in checked(written(f'server: "https://town.example", {key}')) if "channels.yaml" in line]
    assert len(said) == 1
    assert f"error: {told}" in said[0]
    assert "canary" not in said[0]


@pytest.mark.parametrize("proxy", ["direct", "socks5://127.0.0.1:9050", "https://proxy.example:8443"])
def test_a_proxy_that_is_right_is_not_complained_of(checked: Told, proxy: str):
    assert checked(written(f'server: "https://town.example", proxy: "{proxy}"')) == []
