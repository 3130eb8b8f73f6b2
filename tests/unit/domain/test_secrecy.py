"""No disguise of a secret gets past, and no other word is taken for one."""

import base64
import html
import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amplify.domain.secrecy import STRUCK_OUT, Secrecy

SECRETS = {
    "plain": "kQ4vT9xW2mZ7bN5c",
    "short": "pW-7",
    "awkward": "a/B+9 \"'\\<é>&=%zzzzzzzzzzzzzz",
    "token": "7310:AAHkQ2_vXe9-RtY",
}
DISGUISES = {
    "raw": str,
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON as it is": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in Python": lambda secret: repr(secret)[1:-1],
    "in a path": quote,
    "in an address": lambda secret: quote(secret, safe=""),
    "in an address, small": lambda secret: re.sub("%..", lambda sign: sign[0].lower(), quote(secret, safe="")),
    "in HTML": html.escape,
    "in hexadecimal": lambda secret: secret.encode().hex(),
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_secret_is_struck_out_in_every_disguise(secret: str, disguise):
    text = f"the server said {disguise(secret)}!"
    secrecy = Secrecy.of({secret})
    assert secrecy.told_by(text)
    assert secrecy.struck_out(text) == f"the server said {STRUCK_OUT}!"


@pytest.mark.parametrize("before", ["", "a", "ab", "user:", "Bearer "])
def test_base64_of_something_around_it_hides_nothing(before: str):
    packed = base64.b64encode(f"{before}{SECRETS['plain']}:rest".encode()).decode()
    secrecy = Secrecy.of({SECRETS["plain"]})
    assert secrecy.told_by(packed)
    inner = base64.b64decode(secrecy.struck_out(packed).partition(STRUCK_OUT)[0] + "====")
    assert SECRETS["plain"][:3] not in inner.decode()


def test_half_of_a_long_secret_is_one():
    secret = "abcdefghijklmnopqrstuvwxyz"
    secrecy = Secrecy.of({secret})
    assert secrecy.struck_out(f"it begins with {secret[:14]}…") == f"it begins with {STRUCK_OUT}…"
    assert secrecy.struck_out(f"{secret[4:20]} and {secret[12:]}") == f"{STRUCK_OUT} and {STRUCK_OUT}"
    assert not secrecy.told_by(secret[:11])


def test_of_an_address_only_what_nobody_could_guess_counts():
    address = "mailtos://team:pA%2F55word@mail.example/?to=team@campaign.example&key=a81fe0b7c2d9"
    secrecy = Secrecy.of({address})
    for told in (address, "the password pA/55word", "the key a81fe0b7c2d9"):
        assert secrecy.told_by(told), told
    for harmless in ("https://www.campaign.example/join-our-team", "write to team@campaign.example", "mail.example"):
        assert secrecy.struck_out(harmless) == harmless


def test_what_is_too_short_to_be_a_secret_changes_nothing():
    assert Secrecy.of({"", "a", "be"}).struck_out("a bee") == "a bee"


@given(text=st.text(), secret=st.text(min_size=4), more=st.text())
def test_whatever_surrounds_it_it_is_gone(text: str, secret: str, more: str):
    secrecy = Secrecy.of({secret})
    if secret not in STRUCK_OUT:
        assert secrecy.told_by(f"{text}{secret}{more}")
        assert secret not in secrecy.struck_out(f"{text}{secret}{more}").replace(STRUCK_OUT, "\0")
