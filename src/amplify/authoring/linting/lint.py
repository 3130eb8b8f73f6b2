"""All rules asked about one text, each with the severity that the campaign gives it."""

from collections.abc import Iterator

from amplify.authoring.linting.rule import Remark, Rule
from amplify.authoring.linting.rules import RULES
from amplify.domain.finding import Finding
from amplify.domain.lint import Subject
from amplify.domain.problem import Place, Severity

OFF = "off"


def lint(subject: Subject) -> tuple[Finding, ...]:
    """Errors first, each group in the order of the rules."""
    return tuple(sorted(_found(subject), key=lambda finding: not finding.is_error))


def _found(subject: Subject) -> Iterator[Finding]:
    said = subject.campaign.rules.lint
    for rule in RULES:
        severity = said.get(rule.code, rule.severity)
        if severity != OFF:
            for remark in rule.look(subject):
                yield _finding(rule, Severity(severity), remark, subject)


def _finding(rule: Rule, severity: Severity, remark: Remark, subject: Subject) -> Finding:
    return Finding(
        code=rule.code,
        message=remark.message,
        hint=remark.hint,
        severity=severity,
        place=remark.place or _where(remark.quote, subject),
    )


def _where(quote: str, subject: Subject) -> Place:
    """The line in which the words stand in the source; the first, where a value or a template has brought them."""
    at = subject.source.find(quote) if quote else -1
    return subject.passage.at(subject.source.count("\n", 0, at) + 1 if at >= 0 else 1)
