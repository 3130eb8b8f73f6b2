"""Every broken campaign of the tests beside what `amplify check` says of it, to be read and judged by people.

The rows are those of the tests, which hold that amplify says exactly this.
"""

import sys
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
MODULES = ("test_broken_files", "test_broken_config", "test_broken_by_habit", "test_broken_words")
GUTTER = "    │ "


def shown(text: str | bytes) -> str:
    """The file as a text editor shows it, or its first bytes."""
    if isinstance(text, bytes):
        return f"{GUTTER}{text[:60]!r}"
    return "\n".join(f"{GUTTER}{line}" for line in text.expandtabs(4).splitlines()) or f"{GUTTER}(nothing)"


def main() -> None:
    sys.path.insert(0, str(TESTS))
    number = 0
    for module in MODULES:
        for what, file, text, told in import_module(f"unit.authoring.{module}").BROKEN:
            number += 1
            print(f"{number}. {what} ({file})\n\n{shown(text)}\n")
            print("\n".join(f"  → {line}" for line in told), end="\n\n")


if __name__ == "__main__":
    main()
