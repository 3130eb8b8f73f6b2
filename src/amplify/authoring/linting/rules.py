"""Every rule, in the order in which its findings are told."""

from amplify.authoring.linting.days import day_words, numeric_date
from amplify.authoring.linting.emoji import emoji_place, many_emoji
from amplify.authoring.linting.glossary import glossary
from amplify.authoring.linting.letters import mixed_letters, styled_letters
from amplify.authoring.linting.links import bare_link, link_words
from amplify.authoring.linting.numbers import bare_figure, undated_figure, unsourced_figure
from amplify.authoring.linting.pictures import alt_too_long, card_wording
from amplify.authoring.linting.quotes import credit_missing, hand_quoted, misquoted, not_verbatim
from amplify.authoring.linting.rule import Rule
from amplify.authoring.linting.safety import safety_line
from amplify.authoring.linting.signs import ascii_art, capitals, stray_asterisk
from amplify.authoring.linting.spellings import mixed_spelling
from amplify.authoring.linting.tags import many_tags, risky_tag, tag_case, tag_place
from amplify.authoring.linting.threads import unnumbered_thread
from amplify.domain.problem import Severity

RULES: tuple[Rule, ...] = (
    Rule(code="safety-line", severity=Severity.ERROR, look=safety_line),
    Rule(code="misquoted", severity=Severity.ERROR, look=misquoted),
    Rule(code="not-verbatim", severity=Severity.ERROR, look=not_verbatim),
    Rule(code="hand-quoted", severity=Severity.ERROR, look=hand_quoted),
    Rule(code="credit-missing", severity=Severity.ERROR, look=credit_missing),
    Rule(code="bare-figure", severity=Severity.ERROR, look=bare_figure),
    Rule(code="figure-undated", severity=Severity.WARNING, look=undated_figure),
    Rule(code="figure-unsourced", severity=Severity.WARNING, look=unsourced_figure),
    Rule(code="alt-too-long", severity=Severity.ERROR, look=alt_too_long),
    Rule(code="card-wording", severity=Severity.ERROR, look=card_wording),
    Rule(code="mixed-letters", severity=Severity.ERROR, look=mixed_letters),
    Rule(code="styled-letters", severity=Severity.ERROR, look=styled_letters),
    Rule(code="stray-asterisk", severity=Severity.ERROR, look=stray_asterisk),
    Rule(code="ascii-art", severity=Severity.ERROR, look=ascii_art),
    Rule(code="capitals", severity=Severity.WARNING, look=capitals),
    Rule(code="many-emoji", severity=Severity.WARNING, look=many_emoji),
    Rule(code="emoji-place", severity=Severity.WARNING, look=emoji_place),
    Rule(code="tag-case", severity=Severity.ERROR, look=tag_case),
    Rule(code="tag-place", severity=Severity.WARNING, look=tag_place),
    Rule(code="many-tags", severity=Severity.WARNING, look=many_tags),
    Rule(code="risky-tag", severity=Severity.WARNING, look=risky_tag),
    Rule(code="link-words", severity=Severity.ERROR, look=link_words),
    Rule(code="bare-link", severity=Severity.WARNING, look=bare_link),
    Rule(code="day-words", severity=Severity.WARNING, look=day_words),
    Rule(code="numeric-date", severity=Severity.WARNING, look=numeric_date),
    Rule(code="glossary", severity=Severity.WARNING, look=glossary),
    Rule(code="mixed-spelling", severity=Severity.WARNING, look=mixed_spelling),
    Rule(code="unnumbered-thread", severity=Severity.WARNING, look=unnumbered_thread),
)

#: Told by `check` alone, as warnings: they compare texts with each other, or look at the files themselves.
TOLD = frozenset({"decomposed-letters", "near-duplicate", "parity", "typed-number"})
CODES = TOLD | {rule.code for rule in RULES}
