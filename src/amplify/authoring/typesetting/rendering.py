"""A template with its values filled in; whatever goes wrong is told with its line."""

from collections.abc import Mapping
from types import CodeType, TracebackType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting.budget import LONGEST, bounded
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.press import Compiled, Press, word_in
from amplify.ports.author import UnusableText

_BRACKETS = "each `{{` needs its `}}`, and each `{% if %}` or `{% for %}` its `{% endif %}` or `{% endfor %}`"


def compile_template(name: str, source: str) -> CodeType:
    """The code of a template, the same for every rendering. Raises UnusableText."""
    if len(source) > LONGEST:
        told = f"this text is longer than {LONGEST} characters"
        raise UnusableText(told, code="too-long", hint="no network takes that much")
    return Press({}, compile_template, Notes()).compile(source, name, name)


def render(
    name: str, source: str, values: Mapping[str, object], templates: Mapping[str, str], compiled: Compiled, notes: Notes
) -> str:
    """The text, as markup. `name` tells this source from others. Raises UnusableText."""
    press = Press(templates, compiled, notes)
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
        told = f"the template cannot be read: {bad.message}"
        line = bad.lineno if bad.name in (name, None) else 1
        raise UnusableText(told, code="template-error", hint=_BRACKETS, line=line) from None
    except (UndefinedError, TemplateNotFound) as bad:
        told, _, hint = str(bad.message).partition("; ")
        code_ = "unknown-name" if isinstance(bad, UndefinedError) else "unknown-template"
        hint = hint or nearest(word_in(told), values)
        raise UnusableText(told, code=code_, hint=hint, line=_line(bad.__traceback__, name) or 1) from None
    except Exception as bad:  # noqa: BLE001  no template, however wrong, shows anybody a traceback
        told = f"the template stops with an error: {str(bad) or type(bad).__name__}"
        hint = "a template may fill in names, choose with `if` and repeat with `for`, nothing more"
        raise UnusableText(told, code="template-error", hint=hint, line=_line(bad.__traceback__, name) or 1) from None
    return text


def _line(trace: TracebackType | None, name: str) -> int:
    """The line of the template in which an error arose; Jinja has put it into the traceback."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
