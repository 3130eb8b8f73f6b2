"""What somebody has typed by mistake is seen by nobody, and the lines stay where they are."""

from pathlib import Path

import pytest

from amplify.authoring.blackening import BLACKENED, blackened, without_values
from amplify.authoring.folder import Folder

KEYS = {"token", "password"}
TYPED = [
    "here: {network: mastodon, token: kQ4vT9xW2mZ7bN5c, language: en}",
    'here: {network: mastodon, token: "kQ4vT9xW2m,} \\"Z7bN5c"}',
    "here: {network: mastodon, token: 'kQ4vT9xW2m''Z7bN5c', language: en}",
    "here:\n  token: kQ4vT9xW2mZ7bN5c, and more  # mine",
    "here:\n  token: kQ4v#T9xW2mZ7bN5c",
    'here:\n  "token": kQ4vT9xW2mZ7bN5c',
    "here:\n  password : kQ4vT9xW2mZ7bN5c",
    "here:\n  token: |\n    kQ4vT9xW2mZ7bN5c\n  language: en",
    "here:\n  token:\n    kQ4vT9xW2mZ7bN5c\n  language: en",
    "here:\n  token: >-  # long\n\n    kQ4vT9xW2mZ7bN5c\n    kQ4vT9xW2mZ7bN5c",
    'here: {token: "kQ4vT9xW2mZ7bN5c',
    "here: {token: ${T_HERE}kQ4vT9xW2mZ7bN5c}",
    "one: {token: kQ4vT9xW2mZ7bN5c}\r\ntwo: {password: kQ4vT9xW2mZ7bN5c}\r\n",
    "\udcff: {token: kQ4vT9xW2mZ7bN5c}",
]
NAMES = [
    'here: {network: mastodon, token: "${T_HERE}"}  # not typed here',
    "here:\n  token: ${T_HERE}\n  language: en\n",
    "here: {token: $T_HERE, password: '${T_HERE', tokens: kQ4v}",
    "here:\n  token:\nthere: {}\n",
    "here: {token: , language: en}",
]


@pytest.mark.parametrize("text", TYPED)
def test_the_value_of_a_secret_key_is_taken_out(text: str):
    left = without_values(text.encode("utf-8", "surrogateescape"), KEYS)
    assert not any(part in left for part in (b"kQ4v", b"T9xW", b"bN5c"))
    assert left.count(b"\n") == text.count("\n")
    assert (b"language: en" in left) == ("language: en" in text)


@pytest.mark.parametrize("text", NAMES)
def test_the_name_of_a_secret_stays(text: str):
    assert without_values(text.encode(), KEYS) == text.encode()


def test_what_is_known_is_blackened_however_it_is_quoted():
    secret = "kQ4v'T9\"xW\\2m"
    written = "- one: kQ4v'T9\"xW\\2m\n- two: \"kQ4v'T9\\\"xW\\\\2m\"\n- three: 'kQ4v''T9\"xW\\2m'\n"
    left = blackened(written.encode(), {secret, "short"})
    assert left.decode() == f"- one: {BLACKENED}\n- two: \"{BLACKENED}\"\n- three: '{BLACKENED}'\n"


def test_a_folder_shows_none_of_it(tmp_path: Path):
    for name, text in {
        "config/channels.yaml": 'here: {token: "${T_HERE}"}\nthere: {token: 9xW2mZ7bN5c}\n',
        "posts/day.yaml": "- id: day\n  text: {en: our token is kQ4vT9xW2mZ7}\n",
        "posts/templates/day.j2": "kQ4vT9xW2mZ7",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    folder = Folder(tmp_path, secrets=lambda text: ["kQ4vT9xW2mZ7"] if b"T_HERE" in text else [], keys=lambda: KEYS)
    shown = b"".join(folder.files().values())
    assert b"kQ4v" not in shown
    assert b"9xW2" not in shown
    assert b'"${T_HERE}"' in shown
