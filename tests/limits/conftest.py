"""The campaign of `town`, read by the real author with the real networks."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from amplify.bootstrap import App, open_app
from amplify.ports.publisher import Network
from amplify.services.preview import preview
from amplify.testing.hand_clock import HandClock
from limits.town import FILES, Said
from protecting import environ
from worker.conftest import theatre  # noqa: F401 - a fixture

Write = Callable[..., App]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The campaign with some files changed or added, and perhaps a stranger's network beside ours."""

    def writing(files: Mapping[str, str] | None = None, *, network: Network | None = None) -> App:
        for name, text in {**FILES, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        app = open_app(tmp_path, environ=environ(tmp_path))
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


@pytest.fixture
def refused(write: Write) -> Callable[..., dict[str, str]]:
    """Many posts at once, by what is tried in them: the codes of what stands in the way; nothing where it goes out."""

    def refusing(posts: Mapping[str, str], files: Mapping[str, str] | None = None) -> dict[str, str]:
        entries = [text.replace("id: p\n", f"id: p{number}\n", 1) for number, text in enumerate(posts.values())]
        app = write({"posts/day.yaml": "".join(entries), **(files or {})})
        codes = {p.post: p.code for p in app.written.problems if p.is_error}
        goes = set[str]()
        for one in preview(app.written, app.workshop, {}):
            name = one.intent.wanted.post.id
            codes |= {name: one.unusable.code} if one.unusable is not None else {}
            goes |= {name} if one.unusable is None else set()
        return {tried: "" if f"p{n}" in goes else codes[f"p{n}"] for n, tried in enumerate(posts)}

    return refusing
