"""The campaign of `town`, read by the real author with the real networks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amplify.bootstrap import App, open_app
from amplify.ports.publisher import Network
from amplify.services.preview import preview
from limits.town import FILES, Said

Write = Callable[..., App]


@dataclass(frozen=True, slots=True)
class HandClock:
    at: datetime = datetime(2027, 5, 1, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def machine(self) -> datetime:
        return self.at

    def on_machine(self, at: datetime) -> datetime:
        return at


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The campaign with some files changed or added, and perhaps a stranger's network beside ours."""

    def writing(files: Mapping[str, str] | None = None, *, network: Network | None = None) -> App:
        for name, text in {**FILES, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        app = open_app(tmp_path, environ={})
        app.__dict__["clock"] = HandClock()
        if network is not None:
            app.__dict__["networks"] = {**app.networks, network.name: network}
        return app

    return writing


@pytest.fixture
def shown(write: Write) -> Callable[..., Said]:
    """What would go out, by channel; and what stands in the way, as the codes of the problems, by channel."""

    def showing(post: str, files: Mapping[str, str] | None = None, *, network: Network | None = None) -> Said:
        app = write({"posts/day.yaml": post, **(files or {})}, network=network)
        held = {p.channel or "": p.code for p in app.written.problems if p.is_error}
        made = {}
        for one in preview(app.written, app.workshop, {}):
            name = one.intent.wanted.channel.name
            if one.unusable is not None:
                held[name] = one.unusable.code
            elif one.intent.rendition is not None:
                made[name] = one.intent.rendition
        return made, held

    return showing
