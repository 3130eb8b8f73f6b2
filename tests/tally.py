"""Tells, below the results, on how many servers the publishers' promises were tried, and what was not tried and why.

A test that has measured something says so with `record_property("told", …)`.
"""

from collections import Counter
from collections.abc import Generator

import pytest

from amplify.testing.publisher_contract import PublisherContract

_KEPT = pytest.StashKey[Counter[tuple[str, str]]]()
_NOT_TRIED = pytest.StashKey[set[str]]()
_TOLD = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_KEPT] = Counter()
    config.stash[_NOT_TRIED] = set()
    config.stash[_TOLD] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    kept = report.when == "call" and report.passed and isinstance(item, pytest.Function)
    if kept and item.cls is not None and issubclass(item.cls, PublisherContract):
        item.config.stash[_KEPT][item.cls.__name__, item.originalname] += 1
    if report.when == "call":
        item.config.stash[_TOLD] += [str(words) for name, words in report.user_properties if name == "told"]
    if report.skipped and item.get_closest_marker("real"):
        item.config.stash[_NOT_TRIED].add(str(report.longrepr[2]).removeprefix("Skipped: "))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    kept = config.stash[_KEPT]
    if kept:
        servers, promises = {server for server, _ in kept}, {promise for _, promise in kept}
        told = f"publishers: {len(promises)} promises, {kept.total()} runs on {len(servers)} servers"
        terminalreporter.write_line(told, green=True)
    for words in config.stash[_TOLD]:
        terminalreporter.write_line(words)
    for reason in sorted(config.stash[_NOT_TRIED]):
        terminalreporter.write_line(reason, red=True, bold=True)
