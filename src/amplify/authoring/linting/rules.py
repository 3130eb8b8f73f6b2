"""Every rule, in the order in which its findings are told."""

from amplify.authoring.linting.letters import mixed_letters
from amplify.authoring.linting.rule import Rule
from amplify.domain.problem import Severity

RULES: tuple[Rule, ...] = (Rule(code="mixed-letters", severity=Severity.ERROR, look=mixed_letters),)
