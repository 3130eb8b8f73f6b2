"""The file of secrets: its owner's alone, outside the campaign, each line as it was."""

import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from amplify.config.secret_file import SecretFile, UnsafeFile
from amplify.config.settings import NoSecret, Settings


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "lantern"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> SecretFile:
    return SecretFile(tmp_path / "kept" / "secrets.env")


@pytest.mark.parametrize(
    "secret", ["plain-1", "77:a_b-C", "with space", "quote'd", 'two "quotes"', "dollar$HOME", "#hash"]
)
def test_what_is_kept_is_what_is_read_and_nobody_else_can(file: SecretFile, campaign: Path, secret: str) -> None:
    file.put("A_TOKEN", secret, campaign=campaign)
    assert file.get("A_TOKEN") == secret
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert secret not in repr(file)


def test_a_new_secret_takes_the_place_of_the_old_one_and_all_else_stays(file: SecretFile, campaign: Path) -> None:
    file.put("A_TOKEN", "first", campaign=campaign)
    file.path.write_text(f"# of the lantern\nOTHER=stays\n{file.path.read_text()}")
    file.put("A_TOKEN", "second", campaign=campaign)
    assert file.path.read_text() == "# of the lantern\nOTHER=stays\nA_TOKEN=second\n"


def test_a_file_that_others_can_read_is_not_read_and_says_what_to_type(file: SecretFile, campaign: Path) -> None:
    file.put("A_TOKEN", "canary", campaign=campaign)
    file.path.chmod(0o640)
    for attempt in (lambda: file.get("A_TOKEN"), lambda: file.put("A_TOKEN", "new", campaign=campaign)):
        with pytest.raises(UnsafeFile, match=f"chmod 600 {file.path}") as refused:
            attempt()
        assert "canary" not in str(refused.value)


@pytest.mark.parametrize("inside", ["the campaign", "a folder of git"])
def test_a_place_that_is_shown_to_others_is_refused(campaign: Path, tmp_path: Path, inside: str) -> None:
    place = campaign if inside == "the campaign" else tmp_path / "project" / "deep"
    place.mkdir(parents=True, exist_ok=True)
    (tmp_path / "project" / ".git").mkdir(parents=True)
    with pytest.raises(UnsafeFile, match="AMPLIFY_SECRETS"):
        SecretFile(place / "secrets.env").put("A_TOKEN", "canary", campaign=campaign)
    assert not (place / "secrets.env").exists()


def test_the_environment_comes_first_and_the_file_after_it(file: SecretFile, campaign: Path) -> None:
    file.put("A_TOKEN", "of-the-file", campaign=campaign)
    place = {"AMPLIFY_SECRETS": str(file.path)}
    assert Settings.read(campaign, place).fill("${A_TOKEN}") == "of-the-file"
    assert (
        Settings.read(campaign, {**place, "A_TOKEN": "of-the-environment"}).fill("${A_TOKEN}") == "of-the-environment"
    )
    assert Settings.read(campaign, place).named_in("${A_TOKEN} ${B_TOKEN}") == {"of-the-file"}
    with pytest.raises(NoSecret, match="`amplify channels add one` asks for it"):
        Settings.read(campaign, place).fill("${B_TOKEN}", "one")


def test_two_campaigns_have_two_files(tmp_path: Path) -> None:
    first, second = (SecretFile.of(tmp_path / name / "campaign", "", str(tmp_path)) for name in ("a", "b"))
    assert first.path != second.path
    assert first.path.parent == tmp_path / "amplify"


class Box(KeyringBackend):
    """A keyring of this computer, as good as any."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_what_is_in_the_keyring_is_in_no_file(file: SecretFile, campaign: Path) -> None:
    before, box = keyring.get_keyring(), Box()
    keyring.set_keyring(box)
    try:
        file.put("A_TOKEN", "canary", campaign=campaign, in_keyring=True)
        assert file.get("A_TOKEN") == "canary"
        assert file.path.read_text() == "A_TOKEN=keyring:\n"
        assert box.kept == {("amplify", "secrets/A_TOKEN"): "canary"}
    finally:
        keyring.set_keyring(before)


def test_a_place_where_no_file_can_be_made_is_told_before_there_is_a_secret(tmp_path: Path, campaign: Path) -> None:
    (tmp_path / "note").write_text("a file")
    with pytest.raises(UnsafeFile, match="cannot be made: you may not write there"):
        SecretFile(tmp_path / "note" / "amplify" / "secrets.env").check(campaign)
    SecretFile(tmp_path / "new" / "amplify" / "secrets.env").check(campaign)
    assert not (tmp_path / "new").exists()


def test_a_folder_in_place_of_the_file_is_told_and_nobody_is_asked_to_change_its_rights(tmp_path: Path) -> None:
    with pytest.raises(UnsafeFile, match="is a folder: name a file in it"):
        SecretFile(tmp_path).get("A_TOKEN")
