"""The register: read where only its owner can read it, refused with what to do, and never in its own words."""

import os
from datetime import date
from pathlib import Path

import pytest

from amplify.authoring.protected_file import ProtectedFile
from amplify.domain.protected import Register

CONSENT = """\
consent:
  - id: p-17
    name: Somebody Fonar
    profile: "https://rights.example/people/17"
    basis: the family
    given_by: a sister
    date: 2027-05-01
    review: 2027-05-30
"""


def read(tmp_path: Path, text: str | bytes, mode: int = 0o600) -> Register:
    path = tmp_path / "private" / "protected.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return ProtectedFile(str(path), tmp_path / "campaign").read()


def test_both_lists_are_read(tmp_path):
    register = read(
        tmp_path, f"do_not_name:\n  - Nobody Lanternik\n  - {{name: 'Lampa, Jana', alone: true}}\n{CONSENT}"
    )
    assert (register.there, register.fault, register.entries) == (True, "", 2)
    assert register.named(["Lampa and N. Lanternik"]) == [1, 2]
    assert register.consents["p-17"].review == date(2027, 5, 30)
    assert [one.id for one in register.due(date(2027, 5, 25), register.consents["p-17"].review - date(2027, 5, 25))]


@pytest.mark.parametrize("text", ["", "do_not_name: []\n", "do_not_name: {}\nconsent: []\n"])
def test_an_empty_register_is_one(tmp_path, text):
    assert (read(tmp_path, text).fault, read(tmp_path, text).there) == ("", True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("do_not_name:\n  - {also: [Nobody Lanternik]}\n", "line 2 of the register {}: `name:` is missing"),
        ("do_not_name:\n  - Nobody Lanternik\nLanternik: yes\n", "line 3 of the register {}: a key stands there"),
        ("do_not_name: Nobody Lanternik\n", "line 1 of the register {}: a list belongs here"),
        ("do_not_name:\n  - {name: Nobody Lanternik, alone: Lanternik}\n", "line 2 of the register {}: write `true`"),
        ("do_not_name:\n  - 'Nobody Lanternik\n", "line 2, column 5 of the register {} cannot be read"),
        ("do_not_name:\n  - Nobody Lanternik: x: y\n", "line 2, column 24 of the register {} cannot be read"),
        ("do_not_name:\n  - Nobody #Lanternik\n  - …\n", "line 3 of the register {}: a name belongs here"),
        (b"do_not_name:\n  - Lanternik \xff\n", "line 2, column 15 of the register {} cannot be read"),
        (CONSENT.replace("2027-05-30", "2027-06-30"), "line 8 of the register {}: the review is at most 30 days"),
        (CONSENT.replace("p-17", "Fonar"), "line 2 of the register {}: an id has small letters"),
        (CONSENT.replace("p-17", "somebody-fonar"), "line 2 of the register {}: the id is a name"),
        (CONSENT.replace("https://", "http://"), "line 4 of the register {}: write the address"),
        (CONSENT + "    scope: [everything]\n", "line 9 of the register {}: `scope:` is a list"),
        (CONSENT + CONSENT.replace("consent:\n", ""), "line 9 of the register {}: this id is there twice"),
    ],
)
def test_a_mistake_is_told_by_its_line_and_not_in_its_words(tmp_path, text, told):
    fault = read(tmp_path, text).fault
    assert fault.startswith(told.format(tmp_path / "private" / "protected.yaml"))
    assert fault.endswith("until then nothing is published")
    assert "Lanternik" not in fault
    assert "Fonar" not in fault


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o700])
def test_who_else_can_read_it_is_told_with_the_command_that_repairs_it(tmp_path, mode):
    register = read(tmp_path, "do_not_name: [Nobody Lanternik]\n", mode)
    assert f"type `chmod 600 {tmp_path / 'private' / 'protected.yaml'}`" in register.fault
    assert register.masked("Nobody Lanternik") == "protected entry 1"


def test_a_file_within_the_campaign_is_refused_by_whatever_name(tmp_path):
    campaign = tmp_path / "campaign"
    campaign.mkdir()
    inside = campaign / "protected.yaml"
    inside.write_text("do_not_name: []\n")
    inside.chmod(0o600)
    (tmp_path / "link.yaml").symlink_to(inside)
    (tmp_path / "room").symlink_to(campaign)
    outside = tmp_path / "outside.yaml"
    outside.write_text("do_not_name: []\n")
    outside.chmod(0o600)
    (campaign / "leads-out.yaml").symlink_to(outside)
    for path in (inside, tmp_path / "link.yaml", tmp_path / "room" / "protected.yaml", campaign / "leads-out.yaml"):
        assert "lies in the campaign's folder" in ProtectedFile(str(path), campaign).read().fault
    assert ProtectedFile(str(outside), campaign).read().fault == ""
    os.link(outside, tmp_path / "second.yaml")
    assert "second name" in ProtectedFile(str(outside), campaign).read().fault


@pytest.mark.parametrize(
    ("named", "told"), [("", "whole path"), ("protected.yaml", "whole path"), ("/nowhere/p.yaml", "no such file")]
)
def test_a_file_that_is_not_there_stops_everything(tmp_path, named, told):
    register = ProtectedFile(named, tmp_path).read()
    assert register.there
    assert told in register.fault


def test_a_folder_is_no_register(tmp_path):
    (tmp_path / "campaign").mkdir()
    assert "is no file" in ProtectedFile(str(tmp_path), tmp_path / "campaign").read().fault


def test_what_changes_within_one_tick_of_a_date_is_seen(tmp_path):
    path = tmp_path / "protected.yaml"
    path.write_text("do_not_name: [Nobody Lanternik]\n")
    path.chmod(0o600)
    file = ProtectedFile(str(path), tmp_path / "campaign")
    before, times = file.read(), path.stat()
    path.write_text("do_not_name: [Sombra Lanternik]\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.read().mark != before.mark
    assert file.read().named(["Sombra Lanternik"]) == [1]
