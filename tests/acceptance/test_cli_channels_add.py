"""Signing in as typed in a terminal: on a Mastodon over TLS, on Bluesky's own server, with a bot of the look-alike."""

import asyncio
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import pexpect
import pytest

from amplify.testing.resident import Resident
from amplify.testing.sandbox import Sandbox
from servers.asking import post
from servers.bluesky import Pds
from servers.oauth import account_on, said_yes

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, de]
hashtags: {core: [LanternNight]}
coordinators: {editor: {}}
"""
#: What people have written by hand stays as it is.
BY_HAND = """\
# Read the rules of each server first.
telegram-de: {network: telegram, language: de, chat: "@lantern_de", token: "${T_DE}"}   # asked on 3 May
"""
BOT = "77:canary-token-of-thirty-letters-and-more"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lantern"
    (made / "config").mkdir(parents=True)
    (made / "config" / "campaign.yaml").write_text(CAMPAIGN)
    (made / "config" / "channels.yaml").write_text(BY_HAND)
    return made


Type = Callable[..., pexpect.spawn]


@pytest.fixture
def typing(folder: Path) -> Iterator[Type]:
    """`amplify channels add …` in a terminal; what it shows is kept in `seen`."""
    begun: list[pexpect.spawn] = []

    def begin(*words: str) -> pexpect.spawn:
        environ = {**os.environ, "AMPLIFY_SECRETS": str(secrets_of(folder)), "TERM": "xterm"}
        command = ["-m", "amplify", "channels", *words, "--campaign", str(folder)]
        child = pexpect.spawn(sys.executable, command, env=environ, encoding="utf-8", timeout=30, dimensions=(40, 100))
        child.logfile_read = (folder.parent / "seen").open("a")
        begun.append(child)
        return child

    yield begin
    for child in begun:
        child.close(force=True)
        child.logfile_read.close()


def secrets_of(folder: Path) -> Path:
    return folder.parent / "kept" / "secrets.env"


def seen(folder: Path) -> str:
    """Words only: the terminal breaks lines and colours them."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", (folder.parent / "seen").read_text()).split())


def answer(child: pexpect.spawn, *pairs: tuple[str, str]) -> None:
    for question, said in pairs:
        child.expect(question)
        child.sendline(said)


def unseen(child: pexpect.spawn, secret: str) -> None:
    """The terminal throws away what is typed before it has stopped to show it."""
    child.expect(r"while you type\):")
    assert child.waitnoecho(10)
    child.sendline(secret)


def ended(child: pexpect.spawn) -> int:
    child.expect(pexpect.EOF)
    child.wait()
    return child.exitstatus


def channels(folder: Path) -> str:
    return (folder / "config" / "channels.yaml").read_text()


def kept(folder: Path) -> dict[str, str]:
    file = secrets_of(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


@pytest.mark.real
def test_a_mastodon_over_tls(folder: Path, typing: Type, mastodon_over_tls: tuple[str, Path]) -> None:
    url, pem = mastodon_over_tls
    child = typing("add", "--ca", str(pem))
    answer(child, ("Which network", "mastodon"), ("language", "en"), ("called", ""), ("Which server", url))
    child.expect("One more, write:accounts")
    child.sendline("n")
    child.expect(r"(https://\S+/oauth/authorize\?\S+)")
    page = child.match[1]
    asked = parse_qs(urlsplit(page).query)
    assert asked["scope"] == ["profile read:statuses write:statuses write:media"]
    assert len(asked["state"][0]) >= 20
    unseen(child, "a-wrong-code")
    child.expect("The code is wrong, too old or used")
    unseen(child, "https://elsewhere.example/?code=x&state=another")
    child.expect("belongs to another attempt")
    name = account_on(url, pem)
    code = said_yes(page, name, pem)
    unseen(child, code)
    child.expect(f"Signed in as @{name}@")
    child.sendline("y")
    assert ended(child) == 0
    token = kept(folder)["AMPLIFY_MASTODON_EN_TOKEN"]
    assert channels(folder) == (
        f"{BY_HAND}\nmastodon-en:\n  network: mastodon\n  language: en\n"
        f'  server: "{url}"\n  token: "${{AMPLIFY_MASTODON_EN_TOKEN}}"\n  ca: "{pem}"\n'
    )
    assert token not in seen(folder)
    assert code not in seen(folder)
    assert "write:media: to give the server pictures" in seen(folder)


@pytest.mark.real
def test_an_app_password_of_blueskys_own_server(folder: Path, typing: Type, pds: Pds) -> None:
    own = "canary-of-the-account-itself"
    resident = pds.sign_up(own)
    session = post(f"{pds.url}/xrpc/com.atproto.server.createSession", identifier=resident.name, password=own)
    made = f"{pds.url}/xrpc/com.atproto.server.createAppPassword"
    password = post(made, bearer=session["accessJwt"], name="amplify")["password"]
    child = typing("add")
    answer(child, ("Which network", "bluesky"), ("language", "en"), ("called", "sky"))
    answer(child, ("server", pds.url), ("handle", f"@{resident.name}"))
    unseen(child, own)
    answer(child, ("Is this an app password all the same", "n"))
    unseen(child, "abcd-efgh-ijkl-mnop")
    child.expect("answered 401")
    answer(child, (f"server .{pds.url}.", ""), (f"handle .{resident.name}.", ""))
    unseen(child, password)
    answer(child, (f"Signed in as @{resident.name}", "y"))
    assert ended(child) == 0
    assert kept(folder) == {"AMPLIFY_SKY_PASSWORD": password}
    assert f'handle: "{resident.name}"' in channels(folder)
    for secret in (own, password, "abcd-efgh-ijkl-mnop"):
        assert secret not in seen(folder) + channels(folder)


@contextmanager
def telegram() -> Iterator[str]:
    """The look-alike, in a thread of its own."""
    ready, over = Event(), Event()
    url: list[str] = []

    async def serve() -> None:
        bot = Resident(network="telegram", channels=("here",), name="@lantern_en", secret=BOT)
        async with asyncio.timeout(120):
            sandbox = await Sandbox.open([bot], now=lambda: datetime.now(UTC))
            url.append(sandbox.urls["telegram"])
            ready.set()
            await asyncio.to_thread(over.wait)
            await sandbox.close()

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield url[0]
    finally:
        over.set()
        thread.join(10)


@pytest.fixture
def telegram_server() -> Iterator[str]:
    with telegram() as server:
        yield server


def test_a_token_that_was_taken_back_and_a_wrong_chat_are_told_and_a_new_token_is_kept(
    folder: Path, typing: Type
) -> None:
    with telegram() as server:
        (folder / "config" / "channels.yaml").write_text(
            f'{BY_HAND}telegram-en: {{network: telegram, language: en, chat: "@lantern_en", server: "{server}", '
            'token: "${BOT_OF_THE_LANTERN}"}\n'
        )
        before = channels(folder)
        (folder / "config" / "channels.yaml").write_text(before.replace('"@lantern_en"', '"@somebody_else"'))
        child = typing("add", "telegram-en")
        unseen(child, BOT)
        child.expect("chat not found.*Make the bot")
        child.expect("while you type")
        child.sendintr()
        assert ended(child) != 0
        (folder / "config" / "channels.yaml").write_text(before)
        child = typing("add", "telegram-en")
        unseen(child, "77:token-that-was-taken-back-by-BotFather")
        child.expect("Ask @BotFather for the bot's token|Check the account's name and its secret")
        unseen(child, BOT)
        answer(child, ("Signed in as @lantern_en", "y"))
        assert ended(child) == 0
        assert channels(folder) == before
        assert kept(folder) == {"BOT_OF_THE_LANTERN": BOT}
        assert BOT not in seen(folder)


def test_a_server_that_is_no_mastodon_and_one_that_is_not_reached(folder: Path, typing: Type) -> None:
    with telegram() as server:
        child = typing("add")
        answer(child, ("Which network", "mastodon"), ("language", "en"), ("called", ""), ("Which server", server))
        child.expect("That is no Mastodon server")
        answer(child, ("Which server", "http://127.0.0.1:9"))
        child.expect(r"cannot be\s+reached; say it again in a\s+while")
    assert ended(child) == 1
    assert channels(folder) == BY_HAND
    assert not secrets_of(folder).exists()


def test_nothing_is_kept_of_an_attempt_that_is_given_up(folder: Path, typing: Type) -> None:
    child = typing("add")
    answer(child, ("Which network", "telegram"), ("language", "en"), ("called", ""), ("chat", "@lantern_en"))
    child.expect("while you type")
    child.sendintr()
    assert ended(child) != 0
    assert channels(folder) == BY_HAND
    assert not secrets_of(folder).exists()
    assert "Traceback" not in seen(folder)


def test_a_second_voice_in_one_language_is_refused_before_anybody_signs_in(typing: Type) -> None:
    child = typing("add")
    answer(child, ("Which network", "telegram"), ("language", "de"), ("called", "another"))
    child.expect("telegram-de speaks de on telegram already")
    assert ended(child) == 1


@pytest.mark.parametrize(
    ("file", "told"),
    [("[telegram-de, bluesky-de", "amplify cannot add to"), ("{telegram-de: {network: telegram}}", "line of its own")],
)
def test_a_file_that_nothing_can_be_added_to_is_told_before_anybody_signs_in(
    folder: Path, typing: Type, file: str, told: str
) -> None:
    (folder / "config" / "channels.yaml").write_text(file)
    child = typing("add")
    answer(child, ("Which network", "bluesky"), ("language", "en"), ("called", ""))
    assert ended(child) == 1
    assert told in seen(folder)
    assert channels(folder) == file


def test_a_place_where_no_secret_may_lie_is_told_before_anybody_signs_in(folder: Path, typing: Type) -> None:
    (folder.parent / ".git").mkdir()
    child = typing("add", "telegram-de")
    assert ended(child) == 1
    assert "in a folder that git keeps: name another file with AMPLIFY_SECRETS" in seen(folder)


def test_the_secret_is_in_its_file_and_nowhere_else(folder: Path, telegram_server: str) -> None:
    """Typed in a shell with a history, then used: by the worker, in a backup, and against a post that would tell it."""
    (folder / "config" / "channels.yaml").write_text(
        f'telegram-en: {{network: telegram, language: en, chat: "@lantern_en", server: "{telegram_server}", '
        'token: "${BOT_OF_THE_LANTERN}"}\n'
    )
    history, log = folder.parent / "history", folder.parent / "seen"
    environ = {**os.environ, "AMPLIFY_SECRETS": str(secrets_of(folder)), "HISTFILE": str(history), "PS1": "ready> "}
    shell = pexpect.spawn("bash", ["--norc", "-i"], env=environ, encoding="utf-8", timeout=60, cwd=str(folder))
    shell.logfile_read = log.open("a")
    amplify = f"{sys.executable} -m amplify"
    shell.expect("ready> ")
    shell.sendline("set -o history")
    shell.sendline(f"{amplify} channels add telegram-en")
    unseen(shell, BOT)
    shell.expect("Is that the account")
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]
    assert not [line for line in lines if BOT.encode() in line]
    shell.sendline("y")
    shell.expect("is signed in as")
    for words in ("apply", "run --once", "status --all --json", "channels check", "backup", "history"):
        shell.sendline(f"{amplify} {words}" if words != "history" else "history -w")
        shell.expect("ready> ")
    (folder / "posts").mkdir()
    told = f"- id: told\n  kind: statement\n  at: D 09:00\n  channels: all\n  languages: [en]\n  text: {{en: We use {BOT}.}}\n"
    (folder / "posts" / "day.yaml").write_text(told)
    shell.sendline(f"{amplify} check")
    shell.expect("a password or token of this campaign stands here")
    (folder / "posts" / "day.yaml").unlink()
    shell.sendline("exit")
    shell.expect(pexpect.EOF)
    shell.close()
    shell.logfile_read.close()
    assert "channels add telegram-en" in history.read_text()
    assert kept(folder) == {"BOT_OF_THE_LANTERN": BOT}
    assert list((folder / "var" / "backups").iterdir())
    tells = [path for path in folder.parent.rglob("*") if path.is_file() and BOT.encode() in path.read_bytes()]
    assert tells == [secrets_of(folder)]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            'lamp: {network: telegrm, language: de, token: "${T_DE}"}\n',
            "Error: config/channels.yaml:1: “telegrm” is not a network",
        ),
        (
            'lamp: {network: mastodon, language: en, server: "https://mastodon.example", token: "${T}"}\n',
            "lamp is an example",
        ),
    ],
    ids=["wrong", "an example"],
)
def test_an_entry_that_cannot_be_signed_in_is_told_before_anybody_types_a_secret(
    folder: Path, typing: Type, entry: str, told: str
) -> None:
    (folder / "config" / "channels.yaml").write_text(entry)
    child = typing("add", "lamp")
    assert ended(child) == 1
    assert told in seen(folder)


def test_a_proxy_for_a_channel_that_is_written_is_never_passed_over(folder: Path, typing: Type) -> None:
    child = typing("add", "telegram-de", "--proxy", "socks5://127.0.0.1:9")
    assert ended(child) == 2
    assert "telegram-de is written already: write `proxy:`" in seen(folder)


@pytest.mark.parametrize(
    ("way", "told"),
    [(("--proxy", "tor"), "cannot be used"), (("--ca", "nowhere.pem"), "behind `ca:`, nowhere.pem, is not there")],
)
def test_a_way_that_leads_nowhere_is_told_before_anybody_types_a_secret(
    folder: Path, typing: Type, way: tuple[str, str], told: str
) -> None:
    child = typing("add", *way)
    answer(child, ("Which network", "bluesky"), ("language", "en"), ("called", ""))
    assert ended(child) == 1
    assert told in seen(folder)


def test_a_secret_that_two_channels_have_is_told(folder: Path, typing: Type) -> None:
    (folder / "config" / "channels.yaml").write_text(
        f'{BY_HAND}telegram-en: {{network: telegram, language: en, chat: "@lantern_en", token: "${{T_DE}}"}}\n'
    )
    child = typing("add", "telegram-en")
    child.expect("telegram-de has the same secret, and gets the new one too")
    child.expect("while you type")
    child.sendintr()
    assert ended(child) != 0
