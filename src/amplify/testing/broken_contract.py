"""What a broken promise says: a sentence below its traceback, and all of them together at the end.

A promise is a test whose name is the sentence. Who subclasses a contract has nothing to set up for this.
"""

from collections.abc import Generator
from typing import Any

import pytest

_PLUGIN = "amplify-promises"


def sentence(test: str) -> str:
    """`test_a_post_is_published_once`: a post is published once."""
    return test.removeprefix("test_").replace("_", " ")


class Promises:
    """A class of tests each of which is a promise."""

    @pytest.fixture(autouse=True)
    def _told(self, request: pytest.FixtureRequest) -> None:
        """Have what breaks told in sentences, once in a run."""
        plugins = request.config.pluginmanager
        if not plugins.hasplugin(_PLUGIN):
            plugins.register(_Sentences(), _PLUGIN)


class _Sentences:
    def __init__(self) -> None:
        self._broken: dict[tuple[str, str], tuple[list[str], str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        kind = getattr(item, "cls", None)
        if report.when == "call" and report.failed and isinstance(kind, type) and issubclass(kind, Promises):
            self._take(item, call, report.longrepr)
        return report

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._broken:
            terminalreporter.section("promises broken")
        for (who, promise), (about, why) in self._broken.items():
            terminalreporter.write_line(_told(who, promise, about))
            terminalreporter.write_line(f"    {why}")

    def _take(self, item: Any, call: pytest.CallInfo[None], shown: Any) -> None:
        """`who` is the network, as its site tells, and the class where it is tried."""
        _, bracket, about = item.name.partition("[")
        site, promise = item.funcargs.get("site"), sentence(item.originalname)
        who = f"{site.network.name} ({item.cls.__name__})" if site is not None else item.cls.__name__
        why = call.excinfo.exconly(tryshort=True).partition("\n")[0] if call.excinfo is not None else ""
        abouts = self._broken.setdefault((who, promise), ([], why))[0]
        if bracket:
            abouts.append(about.removesuffix("]"))
        if hasattr(shown, "addsection"):
            shown.addsection("promise broken", _told(who, promise, abouts[-1:]))


def _told(who: str, promise: str, about: list[str]) -> str:
    return " ".join([f"{who} breaks the promise “{promise}”", *([f"({', '.join(about)})"] if about else [])])
