"""The real servers as fixtures: each is started when the first test asks for it, and serves all of them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from servers.appview import AppView
from servers.bluesky import Pds
from servers.certificate import self_signed
from servers.mastodon import MastodonMock
from servers.postgres import Postgres
from servers.processes import HERE, running, set_up, telling


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pds]:
    modules = set_up("pds")
    folder = tmp_path_factory.mktemp("pds")
    environ = {"PDS_MODULES": str(modules), "PDS_DATA": str(folder)}
    with running([modules / "node", HERE / "pds" / "start.mjs"], environ, folder) as url:
        yield Pds(url)


@pytest.fixture(scope="session")
def mastodon_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MastodonMock]:
    python: Path = set_up("mastodon-mock") / "bin" / "python"
    folder = tmp_path_factory.mktemp("mastodon-mock")
    with running([python, HERE / "mastodon_mock" / "start.py"], {}, folder) as url:
        yield MastodonMock(url)


@pytest.fixture(scope="session")
def mastodon_over_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its address, and the certificate that it is believed by."""
    python: Path = set_up("mastodon-mock") / "bin" / "python"
    folder = tmp_path_factory.mktemp("mastodon-tls")
    pem = self_signed(folder)
    environ = {"MASTODON_CERTIFICATE": str(pem)}
    with running([python, HERE / "mastodon_mock" / "start.py"], environ, folder) as url:
        yield url, pem


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Its data are in a folder that its own user can reach, which the folders of tests are not."""
    home = set_up("postgres")
    with TemporaryDirectory(prefix="amplify-postgres-") as folder:
        Path(folder).chmod(0o755)
        environ = {"POSTGRES_DATA": f"{folder}/data", "XDG_RUNTIME_DIR": f"{folder}/run"}
        command = [home / "bin" / "python", HERE / "postgresql" / "start.py"]
        with running(command, environ, tmp_path_factory.mktemp("postgres")) as url:
            yield Postgres(url=url, home=home)


@pytest.fixture(scope="session")
def appview(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[AppView]:
    modules = set_up("pds")
    folder = tmp_path_factory.mktemp("appview")
    environ = {"PDS_MODULES": str(modules), "PDS_DATA": str(folder), "POSTGRES_URL": postgres.database()}
    with telling([modules / "node", HERE / "appview" / "start.mjs"], environ, folder, 120) as told:
        yield AppView(told["url"], told["appview"])
