"""The sandbox in which templates run: no files but posts/templates, no environment, no methods, no endless loops.

Generated code counts its own steps, because Jinja's sandbox bounds `range` and nothing else. HTML escaping is off:
what a template may not read as markup is shielded before it gets here (see `verbatim`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS as KNOWN
from jinja2.nodes import Concat, Node
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from amplify.authoring.nearest import nearest
from amplify.authoring.typesetting.budget import Budget, bounded
from amplify.authoring.typesetting.inflection import inflecting
from amplify.authoring.typesetting.notes import Notes
from amplify.authoring.typesetting.template_objects import Printable
from amplify.ports.author import UnusableText

_RANGE = 400
_LARGEST = 10**9
FILTERS = (
    "abs", "capitalize", "count", "d", "default", "first", "forms", "int", "join", "last", "length", "list", "lower", "reverse",
    "sort", "title", "trim", "unique", "upper",
)  # fmt: skip

_NAMES = ", ".join(FILTERS)

#: (name, source) → code; one for all renderings of an author.
Compiled = Callable[[str, str], CodeType]


class Press(ImmutableSandboxedEnvironment):
    """One rendering's environment; making one is cheap, and nothing leaks into the next.

    Code is compiled without a language and serves all of them: then `forms` raises, so that Jinja works nothing out ahead.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, templates: Mapping[str, str], compiled: Compiled, notes: Notes, language: str = "") -> None:
        super().__init__(
            undefined=_Unknown, loader=_Folder(templates, compiled, notes), finalize=_printable, cache_size=0
        )
        self.code_generator_class = _Counting
        self.context_class = _Noting
        self.budget = Budget()
        self.notes = notes
        self.globals = {"range": self._range}
        self.filters = _BOUNDING | {"forms": _bounding(inflecting(language))}

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, blocks, loops and `range`; asked before anything is called. Raises UnusableText."""
        owner = getattr(obj, "__self__", obj)
        if isinstance(owner, StrictUndefined):
            str(owner)  # raises, and says what is unknown
        if not isinstance(owner, Macro | BlockReference | LoopContext | Press):
            told = "a template cannot call this: only its own macros and `range` have brackets behind them"
            raise UnusableText(told, code="template-error", hint=f"to change a value, write `|` and one of {_NAMES}")
        return True

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        numbers = all(isinstance(one, int | float) and abs(one) <= _LARGEST for one in (left, right))
        if numbers and operator != "**":
            return super().call_binop(context, operator, left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return bounded(left + right)
        told = f"a template cannot use `{operator}` like this"
        raise UnusableText(told, code="template-error", hint="join texts with `~`; add and multiply small numbers only")

    def joined(self, parts: Iterable[object]) -> str:
        """What `~` makes."""
        return bounded("".join(str(_printable(part)) for part in parts))

    def _range(self, *ends: int) -> range:
        numbers = range(*ends)
        if len(numbers) > _RANGE:
            told = f"a loop of {len(numbers)} rounds is more than any post needs"
            raise UnusableText(told, code="endless-template", hint=f"stay below {_RANGE}")
        return numbers


class _Folder(BaseLoader):
    """posts/templates of the campaign, and nothing else."""

    def __init__(self, templates: Mapping[str, str], compiled: Compiled, notes: Notes) -> None:
        self._templates = templates
        self._compiled = compiled
        self._notes = notes

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        if name not in self._templates:
            told = f"there is no posts/templates/{name}"
            raise UnusableText(told, code="unknown-template", hint=nearest(name, self._templates))
        self._notes.templates.add(name)
        code = self._compiled(name, self._templates[name])
        return environment.template_class.from_code(environment, code, globals if globals is not None else {})


class _Counting(CodeGenerator):
    """Every block pays for what it holds before it runs."""

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        body = list(nodes)
        size = 1 + sum(sum(1 for _ in node.find_all(Node)) for node in body)
        self.writeline(f"environment.budget.spend({size})")
        super().blockvisit(body, frame)

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802  Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Noting(Context):
    """Sees whether a template asks how many days are left."""

    def resolve_or_missing(self, key: str) -> Any:
        if key == "days_left" and isinstance(self.environment, Press):
            self.environment.notes.dated = True
        return super().resolve_or_missing(key)


class _Unknown(StrictUndefined):
    """A name that nothing has."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if not isinstance(self._undefined_obj, Printable):
            return f"nothing is called `{name}` here"
        kind = type(self._undefined_obj)
        known = [word for word in dir(kind) if not word.startswith("_") and not callable(getattr(kind, word))]
        return f"there is no `.{name}`; {nearest(name, known)}"


def _printable(value: object) -> object:
    if isinstance(value, str | int | float | Printable) and not isinstance(value, bool):
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # raises, and says what is unknown
    told = "something between `{{` and `}}` is not a text"
    raise UnusableText(told, code="template-error", hint="name one thing, such as `figure.political_prisoners.line`")


def _bounding(filter_: Callable[..., Any]) -> Callable[..., Any]:
    def bounding(*args: Any, **kwargs: Any) -> Any:
        result = filter_(*args, **kwargs)
        return bounded(result) if isinstance(result, str) else result

    bounding.__dict__.update(getattr(filter_, "__dict__", {}))  # Jinja marks filters that want their environment first
    return bounding


_BOUNDING = {name: _bounding(KNOWN[name]) for name in FILTERS if name in KNOWN}


def word_in(message: str) -> str:
    """The name that a message quotes."""
    found = re.search(r"`\.?([^`]+)`", message)
    return found[1] if found else ""
