"""Templates can do what posts need, and nothing else, within a moment."""

from collections.abc import Callable
from time import monotonic

import pytest

from amplify.ports.author import Typeset, UnusableText

Set = Callable[..., Typeset]
ENDLESS = {
    "loops in loops": "{% for a in range(400) %}" * 5 + "x" + "{% endfor %}" * 5,
    "loops in loops that print nothing": "{% for a in range(400) %}" * 5 + "{% endfor %}" * 5,
    "loops that sift": "{% for a in range(400) if range(400)|list|length %}" * 3 + "{% endfor %}" * 3,
    "a macro that calls itself": "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "a macro that calls itself in vain": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "a block that calls itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "an include of itself": "{% include 'itself.j2' %}",
    "brackets in brackets": "{{" + "(" * 5000 + "1" + ")" * 5000 + "}}",
}
HUGE = {
    "a long range": "{{ range(1000000000)|list|length }}",
    "a text many times": "{{ 'x' * 1000000000 }}",
    "a power": "{{ 9 ** 999999999 }}",
    "doubling with ~": "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "doubling with +": "{% set x = 'ab' %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
    "doubling lists": "{% set x = ['ab'] %}" + "{% set x = [x, x] %}" * 60 + "{{ x }}",
    "padding": "{{ 'x'.ljust(1000000000) }}",
    "formatting": "{{ '%1000000000d' % 1 }}",
    "more text than any network takes": "x" * 20_001,
    "growing numbers": "{% set a = 99999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
}
FORBIDDEN = {
    "classes": "{{ ''.__class__.__mro__ }}",
    "what is behind figures": "{{ figure._names }}{{ figure.lamps._figure }}",
    "globals": "{{ self._TemplateReference__context }}",
    "other files": "{% include '/etc/hosts' %}",
    "files above": "{% include '../../config/channels.yaml' %}",
    "methods": "{{ 'x'.format() }}",
    "HTML escaping": "{{ 'x'|escape }}",
    "the environment": "{{ environment }}{{ os }}",
}


@pytest.mark.parametrize("text", [*ENDLESS.values(), *HUGE.values()], ids=[*ENDLESS, *HUGE])
def test_an_endless_or_huge_template_is_refused_at_once(typeset: Set, text: str):
    begun = monotonic()
    with pytest.raises(UnusableText):
        typeset(text, templates={"itself.j2": "{% include 'itself.j2' %}{% include 'itself.j2' %}"})
    assert monotonic() - begun < 1.5


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN)
def test_templates_see_nothing_but_the_campaign(typeset: Set, text: str):
    with pytest.raises(UnusableText):
        typeset(text)


def test_an_ordinary_loop_is_no_trouble(typeset: Set):
    text = "{% for n in range(1, 4) %}{{ n }}{{ ', ' if not loop.last else '.' }}{% endfor %}"
    assert typeset(text).body.text == "1, 2, 3."


def test_what_one_rendering_spends_is_not_taken_from_the_next(typeset: Set):
    text = "{% for n in range(300) %}{{ n }}{% endfor %}"
    assert {typeset(text).body.text for _ in range(20)} == {"".join(map(str, range(300)))}
