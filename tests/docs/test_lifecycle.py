"""docs/lifecycle.md shows the life of a delivery as the code has it."""

from pathlib import Path

from amplify.domain.delivery import MOVES, State

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"


def diagram() -> str:
    """One arrow for each pair of states, named by its events."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, event), after in MOVES.items():
        arrows.setdefault((state, after), []).append(event.value)
    lines = ["stateDiagram-v2", "    [*] --> planned"]
    lines += [f"    {state} --> {after}: {', '.join(events)}" for (state, after), events in arrows.items()]
    return "\n".join(lines)


def test_the_page_carries_the_diagram_of_the_dictionary() -> None:
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text()


def test_the_page_explains_every_state() -> None:
    text = PAGE.read_text()
    assert [state for state in State if f"| {state} |" not in text] == []


def test_every_state_can_be_reached() -> None:
    assert {State.PLANNED, *MOVES.values()} == set(State)
