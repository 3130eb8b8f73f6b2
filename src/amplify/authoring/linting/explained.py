"""The page of each code: what it means, why, what to do, a text that fails and one that passes.

The pages are written in `pages/`, which goes with the program; docs/lint is made of them by `python -m bench.lint_pages`.
How grave a code is comes from the rule itself, so that no page can say something else.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from amplify.authoring.nearest import nearest

_ENDING = ".md"
_HEAD = """\
# What `amplify check` looks for

Each finding of `amplify check` ends with its code, and `amplify check --explain tag-case` shows its page.

An error holds the text that it is about, in that language on that channel, also at the last moment before it goes out;
everything else goes on. A warning is told by `check` and `preview`. How grave a rule is, a campaign can say in
`config/campaign.yaml`: `rules: {lint: {capitals: off, day-words: error}}`. What has *always* in the table has no such
choice: it protects people, or there is nothing to send.

These pages are made from those that go with the program (`src/amplify/authoring/linting/pages`); the texts that fail and
pass are run by the tests, in the campaign that `amplify init` makes.

| code | how grave | what it is |
|---|---|---|
"""


def codes() -> list[str]:
    """Every code that has a page."""
    return sorted(one.name.removesuffix(_ENDING) for one in _folder().iterdir() if one.name.endswith(_ENDING))


def has_page(code: str) -> bool:
    return code in _known()


def explained(code: str) -> str:
    """The page. Raises KeyError, with the nearest code that has one."""
    if not has_page(code):
        raise KeyError(nearest(code, codes()))
    title, _, body = _folder().joinpath(code + _ENDING).read_text(encoding="utf-8").partition("\n")
    return f"{title}\n\n`{code}`: {_severity(code)}\n{body}"


def pages() -> Mapping[str, str]:
    """All files of docs/lint, by name: a page for each code, and the index."""
    made = {code + _ENDING: explained(code) for code in codes()}
    return {"README.md": _index(made), **made}


def _index(made: Mapping[str, str]) -> str:
    lines = []
    for name, text in made.items():
        code, title = name.removesuffix(_ENDING), text.partition("\n")[0].removeprefix("# ")
        lines.append(f"| [{code}]({name}) | {_grave(code)} | {title} |")
    return _HEAD + "\n".join(lines) + "\n"


@cache
def _known() -> frozenset[str]:
    return frozenset(codes())


def _grave(code: str) -> str:
    from amplify.authoring.linting.always import ALWAYS
    from amplify.authoring.linting.rules import RULES, TOLD

    if code in ALWAYS:
        return "always"
    return "warning" if code in TOLD else next(rule.severity.value for rule in RULES if rule.code == code)


def _severity(code: str) -> str:
    from amplify.authoring.linting.always import ALWAYS
    from amplify.authoring.linting.rules import TOLD

    if code in ALWAYS:
        return f"always an error. It {ALWAYS[code]}."
    if code in TOLD:
        return f"a warning. `rules: {{lint: {{{code}: off}}}}` in `config/campaign.yaml` silences it."
    grave = _grave(code)
    others = " or ".join(f"`{one}`" for one in ("error", "warning", "off") if one != grave)
    article = "an error, which holds the text" if grave == "error" else "a warning"
    return f"{article}, unless `rules: {{lint: {{{code}: …}}}}` in `config/campaign.yaml` says {others}."


def _folder() -> Path:
    return Path(__file__).with_name("pages")
