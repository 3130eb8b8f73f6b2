"""How much work a template may make: enough for any post, far too little to keep a worker busy."""

from dataclasses import dataclass

from amplify.ports.author import UnusableText

_STEPS = 20_000
#: Longer than any network takes; texts in between are bounded by it too.
LONGEST = 20_000


@dataclass(slots=True)
class Budget:
    """Steps left for one rendering."""

    steps: int = _STEPS

    def spend(self, steps: int = 1) -> None:
        """Raises UnusableText when nothing is left."""
        self.steps -= steps
        if self.steps < 0:
            raise endless()


def endless() -> UnusableText:
    """What a template is told that does not stop by itself."""
    return UnusableText(
        "this template never comes to an end, or takes far too long",
        code="endless-template",
        hint="look for a loop inside a loop, or a macro or an include that calls itself",
    )


def bounded(text: str) -> str:
    """The text, if a post can be that long. Raises UnusableText."""
    if len(text) > LONGEST:
        raise UnusableText(
            f"this text is longer than {LONGEST} characters", code="too-long", hint="no network takes that much"
        )
    return text
