"""Polls: a plain question, up to twelve options, and words with marks below the question."""

from collections.abc import Mapping
from typing import Any

from amplify.testing.telegram.entities import entities_of
from amplify.testing.telegram.words import bad, flag, nested, number

_QUESTION, _OPTION, _DESCRIPTION = 300, 100, 1024
_MOST = 12
_SHORTEST, _LONGEST = 5, 2_628_000


def poll_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """As a message keeps it. Raises Refused."""
    question = str(said.get("question", "")).strip()
    options = [str(one.get("text", "")).strip() for one in nested(said, "options", [])]
    if not question:
        raise bad("Poll question must be non-empty")
    if len(question) > _QUESTION:
        raise bad(f"Poll question length must not exceed {_QUESTION}")
    if not options:
        raise bad("poll must have at least 1 option")
    if len(options) > _MOST:
        raise bad(f"poll can't have more than {_MOST} options")
    if not all(options):
        raise bad("Poll options must be non-empty")
    if any(len(option) > _OPTION for option in options):
        raise bad(f"Poll options length must not exceed {_OPTION}")
    period = number(said, "open_period")
    if said.get("open_period") and not _SHORTEST <= period <= _LONGEST:
        raise bad("open_period is invalid")
    description, entities = entities_of(str(said.get("description", "")), nested(said, "description_entities", []))
    if len(description) > _DESCRIPTION:
        raise bad("Poll description is too long")
    return {
        "question": question,
        "description": description,
        "description_entities": entities,
        "options": options,
        "several": flag(said, "allows_multiple_answers"),
        "hidden": flag(said, "hide_results_until_closes"),
        "anonymous": str(said.get("is_anonymous", "true")).lower() != "false",
        "open_period": period,
    }


def poll_json(poll: Mapping[str, Any], id: int) -> dict[str, Any]:
    """As the Bot API tells it: how many have answered, and not who."""
    votes = poll.get("votes", [0] * len(poll["options"]))
    options = [
        {"persistent_id": str(place), "text": text, "voter_count": many}
        for place, (text, many) in enumerate(zip(poll["options"], votes, strict=False))
    ]
    said: dict[str, Any] = {
        "id": str(id),
        "question": poll["question"],
        "options": options,
        "total_voter_count": sum(votes),
        "is_closed": False,
        "is_anonymous": poll["anonymous"],
        "type": "regular",
        "allows_multiple_answers": poll["several"],
        "allows_revoting": True,
        "members_only": False,
    }
    optional = {name: poll[name] for name in ("open_period", "description", "description_entities")}
    return said | {name: value for name, value in optional.items() if value}
