"""Jinja at work on one template: what it makes of it, and what it complains of, told with the line.

Loaded only for texts that choose, repeat or change what they name; see `rendering`.
"""

import re
from collections.abc import Mapping
from types import CodeType, TracebackType

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting.budget import LONGEST, bounded, endless
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.press import FILTERS, Compiled, Press, word_in
from amplify.ports.author import UnusableText

_LITTLE = "a template may fill in names, choose with `if` and repeat with `for`, nothing more"
_BRACKETS = "each `{{` needs its `}}`, and each `{% if %}` or `{% for %}` its `{% endif %}` or `{% endfor %}`"

#: A line that holds one `{% … %}` or `{# … #}` and nothing else.
_ALONE = re.compile(r"^[ \t]*(\{(?P<sign>[%#])(?:(?!(?P=sign)\}).)*?)(?P<end>-?(?P=sign)\})[ \t]*\n", re.MULTILINE)


def compile_template(name: str, source: str) -> CodeType:
    """The code of a template, the same for every rendering. Raises UnusableText.

    A line with nothing but a `{% … %}` on it leaves no empty line behind: the end of the line goes into the brackets,
    where it says nothing and keeps the count of lines.
    """
    if len(source) > LONGEST:
        told = f"this text is longer than {LONGEST} characters"
        raise UnusableText(told, code="too-long", hint="no network takes that much")
    return Press({}, compile_template, Notes()).compile(_ALONE.sub(r"\1\n\g<end>", source), name, name)


def pressed(
    name: str,
    source: str,
    values: Mapping[str, object],
    templates: Mapping[str, str],
    compiled: Compiled,
    notes: Notes,
    language: str,
) -> str:
    """The text, as markup. `name` tells this source from others. Raises UnusableText."""
    press = Press(templates, compiled, notes, language)
    try:
        code = compiled(name, source)
        template = press.template_class.from_code(press, code, dict(press.globals))
        text = ""
        for piece in template.generate(values):
            text = bounded(text + piece)
    except UnusableText as unusable:
        unusable.line = _line(unusable.__traceback__, name) or unusable.line
        raise
    except TemplateSyntaxError as bad:
        raise _unreadable(bad, name) from None
    except (UndefinedError, SecurityError) as bad:
        told, _, hint = str(bad.message).partition("; ")
        hint = hint or nearest(word_in(told), values)
        raise UnusableText(told, code="unknown-name", hint=hint, line=_line(bad.__traceback__, name) or 1) from None
    except (RecursionError, SyntaxError, MemoryError):  # Python gives up on what is nested too deep
        raise endless() from None
    except Exception as bad:  # noqa: BLE001  no template, however wrong, shows anybody a traceback
        told = f"the template stops with an error: {str(bad) or type(bad).__name__}"
        raise UnusableText(
            told, code="template-error", hint=_LITTLE, line=_line(bad.__traceback__, name) or 1
        ) from None
    return text


def _unreadable(bad: TemplateSyntaxError, name: str) -> UnusableText:
    line = bad.lineno if bad.name in (name, None) else 1
    message = (bad.message or "").rstrip(".")
    if found := _open_bracket(bad.source or ""):
        opened, at = found
        told = f"the `{opened}` that opens here is never closed"
        closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[opened]
        return UnusableText(told, code="template-error", hint=f"write `{closing}` where it ends", line=at)
    if block := re.search(r"needs to be closed is '(\w+)'", message):
        told = f"a `{{% {block[1]} … %}}` is never closed"
        hint = f"write `{{% end{block[1]} %}}` where it ends"
        return UnusableText(told, code="template-error", hint=hint, line=line)
    if message.startswith("No filter named"):
        filter_ = message.split("'")[1]
        told = f"`|{filter_}` is not known here"
        return UnusableText(told, code="template-error", hint=nearest(filter_, FILTERS), line=line)
    return UnusableText(f"the template cannot be read: {message}", code="template-error", hint=_BRACKETS, line=line)


def _open_bracket(source: str) -> tuple[str, int] | None:
    """The first bracket that has no end before the next begins, and its line."""
    for found in re.finditer(r"\{([{%#])", source):
        closing = {"{": "}}", "%": "%}", "#": "#}"}[found[1]]
        end = source.find(closing, found.end())
        other = re.search(r"\{[{%#]", source[found.end() :])
        if end < 0 or (other and found.end() + other.start() < end and found[1] != "#"):
            return found[0], source.count("\n", 0, found.start()) + 1
    return None


def _line(trace: TracebackType | None, name: str) -> int:
    """The line of the template in which an error arose; Jinja has put it into the traceback."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
