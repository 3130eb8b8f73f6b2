"""The real servers as fixtures: each is started when the first test asks for it, and serves all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.bluesky import Pds
from servers.mastodon import MastodonMock
from servers.processes import HERE, running, set_up


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
