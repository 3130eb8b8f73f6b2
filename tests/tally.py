"""Tells, below the results, on how many servers the publishers' promises were tried, and what was not tried and why.

A test that has measured something says so with `record_property("told", …)`. What is told travels with the reports, so
that it arrives from wherever a test ran.
"""

from collections import Counter
from collections.abc import Generator

import pytest

from amplify.testing.publisher_contract import PublisherContract


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    kept = report.when == "call" and report.passed and isinstance(item, pytest.Function)
    if kept and item.cls is not None and issubclass(item.cls, PublisherContract):
        report.user_properties.append(("kept", (item.cls.__name__, item.originalname)))
    if report.skipped and item.get_closest_marker("real"):
        report.user_properties.append(("not tried", str(report.longrepr[2]).removeprefix("Skipped: ")))
    return report


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally(), "amplify-tally")


class Tally:
    def __init__(self) -> None:
        self._kept = Counter[tuple[str, str]]()
        self._told: list[str] = []
        self._not_tried: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, said in report.user_properties:
            if name == "kept" and report.when == "call":
                self._kept[tuple(said)] += 1
            elif name == "told" and report.when == "call":
                self._told.append(str(said))
            elif name == "not tried" and report.skipped:
                self._not_tried.add(str(said))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._kept:
            servers, promises = {server for server, _ in self._kept}, {promise for _, promise in self._kept}
            told = f"publishers: {len(promises)} promises, {self._kept.total()} runs on {len(servers)} servers"
            terminalreporter.write_line(told, green=True)
        for words in self._told:
            terminalreporter.write_line(words)
        for reason in sorted(self._not_tried):
            terminalreporter.write_line(reason, red=True, bold=True)
