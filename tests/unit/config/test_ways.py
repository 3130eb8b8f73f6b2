"""Which way leads to a server: the channel's word first, then AMPLIFY_PROXY, then what the environment says to everybody."""

from pathlib import Path

import pytest

from amplify.config.settings import BadSetting, NoSecret, Settings
from amplify.config.ways import way_to
from servers.certificate import self_signed

AWAY, HERE = "https://town.example", "http://127.0.0.1:3000"
OURS, THEIRS = {"AMPLIFY_PROXY": "socks5://ours:1"}, {"HTTPS_PROXY": "http://theirs:2"}


def way(tmp_path: Path, server: str = AWAY, proxy: str = "", **environ: str) -> str:
    return way_to(server, Settings.read(tmp_path, environ), proxy=proxy).proxy


@pytest.mark.parametrize(
    ("server", "proxy", "environ", "led"),
    [
        (AWAY, "", {}, ""),
        (AWAY, "", THEIRS, "http://theirs:2"),
        (AWAY, "", {"https_proxy": "theirs:2"}, "http://theirs:2"),
        (AWAY, "", {"ALL_PROXY": "socks5://all:3"}, "socks5h://all:3"),
        (AWAY, "", {**THEIRS, "NO_PROXY": "town.example"}, ""),
        (AWAY, "", {**THEIRS, "no_proxy": "other.example"}, "http://theirs:2"),
        (AWAY, "", {**OURS, **THEIRS}, "socks5h://ours:1"),
        (AWAY, "", {**OURS, "NO_PROXY": "town.example"}, "socks5h://ours:1"),
        (AWAY, "socks5://own:4", {**OURS, **THEIRS}, "socks5h://own:4"),
        (AWAY, "${MINE}", {**OURS, "MINE": "socks5://me:canary@own:4"}, "socks5h://me:canary@own:4"),
        (AWAY, "direct", {**OURS, **THEIRS}, ""),
        (HERE, "", {**OURS, **THEIRS}, ""),
        (HERE, "socks5://own:4", {}, "socks5h://own:4"),
    ],
)
def test_the_nearest_word_counts(tmp_path: Path, server: str, proxy: str, environ: dict[str, str], led: str) -> None:
    assert way(tmp_path, server, proxy, **environ) == led


@pytest.mark.parametrize("proxy", ["ftp://own:4", "socks5://own", "socks5://own:4/path", "socks4://own:4"])
def test_a_proxy_that_cannot_be_used_is_told_and_never_passed_by(tmp_path: Path, proxy: str) -> None:
    with pytest.raises(NoSecret, match="cannot be used"):
        way(tmp_path, proxy="${MINE}", MINE=proxy)
    with pytest.raises(BadSetting, match="AMPLIFY_PROXY cannot be used"):
        way(tmp_path, AMPLIFY_PROXY=proxy)


def test_a_proxy_that_is_not_set_says_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(NoSecret, match=r"MINE is not set; put it into the environment, or a line MINE=… into .*\.env$"):
        way(tmp_path, proxy="${MINE}")


def test_a_password_is_shown_nowhere(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path, {"AMPLIFY_PROXY": "socks5://me:canary@own:4"})
    led = way_to(AWAY, settings)
    assert "canary" not in f"{led!r} {led.shown} {settings!r}"
    assert led.shown == "socks5h://own:4"
    assert led.secrets == ("canary",)
    assert "canary" in settings.addresses


def test_certificates_are_looked_for_from_the_campaigns_folder(tmp_path: Path) -> None:
    pem = self_signed(tmp_path)
    settings = Settings.read(tmp_path, {"SSL_CERT_FILE": "/gone.pem"})
    assert way_to(AWAY, settings, ca=pem.name, root=tmp_path).ca == str(pem)
    (tmp_path / "empty.pem").write_text("nothing\n")
    for name, why in (("gone.pem", "is not there"), ("empty.pem", "has no certificates in it")):
        with pytest.raises(NoSecret, match=f"`ca:`, {name}, .*{why}"):
            way_to(AWAY, settings, ca=name, root=tmp_path)


def test_certificates_of_the_environment_that_are_not_there_are_told_by_name(tmp_path: Path) -> None:
    pem = str(self_signed(tmp_path))
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        assert way_to(AWAY, Settings.read(tmp_path, {name: pem})).ca == pem
        with pytest.raises(NoSecret, match=f"{name} names, /gone.pem, is not there"):
            way_to(AWAY, Settings.read(tmp_path, {name: "/gone.pem"}))


@pytest.mark.parametrize(("name", "seconds"), [("AMPLIFY_TIMEOUT", 90), ("AMPLIFY_CONNECT_TIMEOUT", 25)])
def test_how_long_is_waited_is_set_and_the_quarantine_is_longer(tmp_path: Path, name: str, seconds: int) -> None:
    settings = Settings.read(tmp_path, {name: str(seconds)})
    waits = {"AMPLIFY_TIMEOUT": settings.timeout, "AMPLIFY_CONNECT_TIMEOUT": settings.connect_timeout}
    assert waits[name].total_seconds() == seconds
    assert settings.quarantine > settings.timeout + settings.connect_timeout
    with pytest.raises(BadSetting, match=name):
        Settings.read(tmp_path, {name: "0"})
