"""What the adapters can ask of a network at all: a short list by name, and nothing by chance.

There is no follow, no like, no boost, no message to a person and no look at followers in it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "amplify"
PUBLISHERS = sorted((SOURCE / "publishers").glob("*.py"))
#: What is asked of the client libraries, as it is written.
LIBRARIES = {"client", "bot"}
CALLS = {
    "apprise": {"notify"},
    "mastodon": {
        "account_statuses",
        "account_update_credentials",
        "account_verify_credentials",
        "auth_request_url",
        "create_app",
        "log_in",
        "app_verify_credentials",
        "filters_v2",
        "instance_rules",
        "make_poll",
        "media",
        "media_post",
        "revoke_access_token",
        "status",
        "status_delete",
        "status_pin",
        "status_post",
        "status_reblog",
        "status_source",
        "status_unreblog",
        "status_update",
        "statuses",
    },
    "bluesky": {
        "com.atproto.server.get_session",
        "get_current_time",
        "export_session_string",
        "_refresh_and_set_session",
        "invoke_procedure",
        "invoke_query",
        "login",
        "on_session_change",
        "request.close",
    },
    "telegram": {
        "delete_message",
        "delete_messages",
        "edit_message_caption",
        "edit_message_media",
        "edit_message_text",
        "forward_message",
        "forward_messages",
        "get_chat",
        "get_chat_member",
        "get_me",
        "get_updates",
        "pin_chat_message",
        "request.shutdown",
        "send_animation",
        "send_media_group",
        "send_message",
        "send_photo",
        "send_poll",
        "send_video",
    },
}
#: What is no request: how the library is set up.
SET_UP = {
    "access_token",
    "api_base_url",
    "client_id",
    "client_secret",
    "request_timeout",
    "request_timeout.total_seconds",
    "session",
    "session.get",
    "update_base_url",
}
#: What a Bluesky server is asked for by name; records are put into five collections only, all about own posts.
NAMES = {
    "app.bsky.actor.profile",
    "app.bsky.embed.external",
    "app.bsky.embed.images",
    "app.bsky.embed.record",
    "app.bsky.embed.recordWithMedia",
    "app.bsky.embed.video",
    "app.bsky.feed.getPosts",
    "app.bsky.feed.post",
    "app.bsky.feed.postgate",
    "app.bsky.feed.repost",
    "app.bsky.feed.threadgate",
    "app.bsky.richtext.facet",
    "com.atproto.identity.resolveHandle",
    "com.atproto.label.defs",
    "com.atproto.server.describeServer",
    "com.atproto.repo.deleteRecord",
    "com.atproto.repo.getRecord",
    "com.atproto.repo.putRecord",
    "com.atproto.repo.uploadBlob",
}
PATHS = {"/api/v1/instance", "/api/v2/instance"}
#: Where numbers that nobody can guess are made: names of rows and files, salts, the passes of a look-alike, a worker's name,
#: what tells one attempt to sign in from another (OAuth's state), and the key of a test post, which is nobody else's.
BY_CHANCE = ("ledger/", "testing/", "worker/work.py", "publishers/mastodon_sign_in.py", "publishers/mastodon_proof.py")
CHANCE = {"random", "secrets", "uuid", "numpy"}
UNPREDICTABLE = {"uuid1", "uuid4", "getrandom", "urandom"}


def chains(tree: ast.AST) -> Iterator[list[str]]:
    """Every `a.b.c` that is not part of a longer one."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            names, at = [], node
            while isinstance(at, ast.Attribute):
                names.append(at.attr)
                at = at.value
            if isinstance(at, ast.Name):
                names.append(at.id)
            yield names[::-1]


def asked(path: Path) -> set[str]:
    found = set()
    for names in chains(ast.parse(path.read_text())):
        for place, name in enumerate(names[:-1]):
            if name in LIBRARIES:
                found.add(".".join(names[place + 1 :]))
    return found


def words(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("network", CALLS)
def test_an_adapter_calls_only_what_is_on_the_list(network: str) -> None:
    found = set().union(*(asked(path) for path in PUBLISHERS if path.name.startswith(network)))
    assert found - SET_UP == CALLS[network]


def test_no_other_file_of_the_publishers_talks_to_a_library() -> None:
    others = [path for path in PUBLISHERS if not path.name.startswith(tuple(CALLS))]
    assert set().union(*(asked(path) for path in others)) == set()


def test_bluesky_is_asked_for_nothing_else_by_name() -> None:
    found = {
        named
        for path in PUBLISHERS
        if not path.name.startswith("apprise")  # hosts, and rooms that are not Bluesky's
        for word in words(path)
        for named in re.findall(r"\b(?:app|com|chat|tools)\.[a-z]+(?:\.[a-zA-Z]+)+", word)
    }
    assert found == NAMES


def test_mastodon_is_asked_for_no_address_that_its_library_does_not_know() -> None:
    assert {word for path in PUBLISHERS for word in words(path) if word.startswith("/api/")} == PATHS


def test_no_library_is_reached_by_a_name_that_is_made_up_at_run_time() -> None:
    made = [
        f"{path.name}:{node.lineno}"
        for path in PUBLISHERS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"getattr", "eval", "exec"}
        and not (len(node.args) > 1 and isinstance(node.args[1], ast.Constant))
    ]
    assert made == []


def test_nothing_is_left_to_chance_but_numbers_that_nobody_shall_guess() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            module = [node.module or ""] if isinstance(node, ast.ImportFrom) else imported
            plain = isinstance(node, ast.ImportFrom) and node.module == "uuid" and not UNPREDICTABLE & set(imported)
            if not plain and CHANCE & {name.split(".")[0] for name in module}:
                found.add(path.relative_to(SOURCE).as_posix())
    assert {file for file in found if not file.startswith(BY_CHANCE)} == set()
    drawn = {call for file in found for call in re.findall(r"\bsecrets\.\w+", (SOURCE / file).read_text())}
    assert drawn <= {"secrets.token_hex", "secrets.token_urlsafe"}, "names and salts, never a choice or a number"
