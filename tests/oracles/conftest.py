"""Judges from outside: the schema of Telegram's Bot API; TDLib, the library that every bot's server runs on; Bluesky's own library;
Node's ICU."""

import json
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / ".venv" / "oracles" / "bot-api.json"
NODE = ROOT / ".venv" / "pds" / "node"
VARIANT = re.compile(r"^ - (\w+)", re.MULTILINE)
SCALARS = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}


class BotApi:
    """Finds what is wrong with requests and answers: types, missing fields, and fields that nobody knows."""

    def __init__(self, schema):
        self.version = schema["api"]["version"]
        entries = [entry for section in schema["items"] for entry in section["children"]]
        self.types = {entry["name"]: entry for entry in entries if entry.get("category") == "types"}
        self.methods = {entry["name"]: entry for entry in entries if entry.get("category") == "methods"}

    def wrong_with_request(self, method, form):
        """`form` as it went over the wire: words, with JSON in those that are no scalars."""
        types = {field["name"]: field["type"] for field in self.methods[method]["annotations"]}
        words = " ".join(word for word in form.values() if isinstance(word, str))
        said = {
            name: _from_form(word, types.get(name, "String"))
            for name, word in form.items()
            if not (isinstance(word, bytes) and f"attach://{name}" in words)  # a file that another field names
        }
        return self._fields(self.methods[method], said, method)

    def wrong_with_answer(self, method, returns, status, answer):
        assert re.search(rf"\b{returns}\b", self.methods[method]["description"]), f"{method} does not return {returns}"
        if answer.get("ok") is True:
            strange = [f"{name}: no such field" for name in answer if name not in ("ok", "result")]
            return strange + ([] if status == 200 else [f"status {status}"]) + self.wrong(answer["result"], returns)
        wrong = [] if answer.get("ok") is False else ["ok: neither true nor false"]
        wrong += [f"{name}: no such field" for name in answer if name not in ENVELOPE]
        wrong += self.wrong(answer.get("error_code"), "Integer", "error_code")
        wrong += self.wrong(answer.get("description"), "String", "description")
        if "parameters" in answer:
            wrong += self.wrong(answer["parameters"], "ResponseParameters", "parameters")
        return wrong + ([] if status == answer.get("error_code") else [f"status {status}"])

    def wrong(self, value, wanted, at="result"):  # noqa: PLR0911  one for each kind of type
        if wanted.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{at}: no array"]
            return [w for n, one in enumerate(value) for w in self.wrong(one, wanted[9:], f"{at}[{n}]")]
        choices = re.split(r", | or | and ", wanted)
        if len(choices) > 1:
            return self._one_of(value, choices, at)
        if wanted == "True":
            return [] if value is True else [f"{at}: not true"]
        if wanted == "InputFile":
            return [] if isinstance(value, bytes) else [f"{at}: no file"]
        if wanted in SCALARS:
            fits = isinstance(value, SCALARS[wanted]) and (wanted == "Boolean" or not isinstance(value, bool))
            return [] if fits else [f"{at}: {value!r} is no {wanted}"]
        entry = self.types[wanted]
        if not entry["annotations"] and (variants := VARIANT.findall(entry["description"])):
            return self._one_of(value, variants, at)
        return self._fields(entry, value, at)

    def _one_of(self, value, choices, at):
        tried = [self.wrong(value, choice, at) for choice in choices]
        return [] if [] in tried else min(tried, key=len)

    def _fields(self, entry, value, at):
        if not isinstance(value, dict):
            return [f"{at}: no object"]
        known = {field["name"]: field for field in entry["annotations"]}
        wrong = [f"{at}.{name}: no such field" for name in value if name not in known]
        wrong += [f"{at}.{name}: missing" for name, f in known.items() if f["required"] and name not in value]
        for name in value.keys() & known.keys():
            wrong += self.wrong(value[name], known[name]["type"], f"{at}.{name}")
            allowed = _allowed(known[name])
            if allowed and isinstance(value[name], str) and value[name] not in allowed:
                wrong.append(f"{at}.{name}: {value[name]!r} is none of {', '.join(sorted(allowed))}")
        return wrong


ENVELOPE = ("ok", "error_code", "description", "parameters")


def _from_form(word, wanted):
    """A form knows words and files only; what is neither comes as JSON in a word."""
    if wanted == "String" or isinstance(word, bytes):
        return word
    try:
        return json.loads(word)
    except ValueError:
        return word


def _allowed(field):
    """The values of a field that names its kind, as far as its description lists them."""
    if field["type"] != "String" or field["name"] not in ("type", "status", "source"):
        return frozenset()
    return frozenset(re.findall(r"['“](\w+)['”]", field["description"]))


FOUND = {
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypeMention": "mention",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
}
MARKS = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeTextUrl": "text_link",
}
KINDS = FOUND | MARKS
NAMES = {kind: name for name, kind in KINDS.items()}


class TdLib:
    """TDLib, asked without a network. It gives offsets in UTF-16 units."""

    def __init__(self, execute):
        self._execute = execute
        self.ask("setLogVerbosityLevel", new_verbosity_level=0)

    def ask(self, what, **said):
        return json.loads(self._execute(json.dumps({"@type": what, **said}).encode()))

    def found_in(self, text):
        """What it finds by itself."""
        return [e for one in self.ask("getTextEntities", text=text)["entities"] if (e := self._told(one)) is not None]

    def kept(self, text, sent):
        """What a bot's message of `text` with the entities `sent` becomes: what it keeps, and what it finds.

        The steps are TDLib's own: those sent are put in order, those found where no link was sent are added,
        and all are put in order again. Only the last one, that no mark begins with space, is done here.
        """
        text, marks = self._arranged(text, sent)
        whole = [mark for mark in marks if mark["type"] == "text_link"]
        new = [one for one in self.found_in(text) if not any(_overlap(one, mark) for mark in whole)]
        text, told = self._arranged(text, [*marks, *new])
        return text, sorted(filter(None, (_solid(one, text) for one in told)), key=self._order)

    def _arranged(self, text, entities):
        asked = [
            {
                "@type": "textEntity",
                "offset": one["offset"],
                "length": one["length"],
                "type": {"@type": NAMES[one["type"]], "url": one.get("url", "")},
            }
            for one in entities
        ]
        told = self.ask("parseMarkdown", text={"@type": "formattedText", "text": text, "entities": asked})
        assert told["@type"] != "error", told["message"]
        return told["text"], [e for one in told["entities"] if (e := self._told(one)) is not None]

    def _told(self, one):
        kind = KINDS.get(one["type"]["@type"])
        said = {"type": kind, "offset": one["offset"], "length": one["length"]}
        return None if kind is None else said | ({"url": one["type"]["url"]} if kind == "text_link" else {})

    def _order(self, one):
        marks = ["text_link", "bold", "italic", "underline"]
        return one["offset"], -one["length"], marks.index(one["type"]) if one["type"] in marks else 0


def units(text):
    return len(text.encode("utf-16-le")) // 2


def words_of(one, text):
    return text.encode("utf-16-le")[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")


def _overlap(one, other):
    return one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]


def _solid(one, text):
    if one["type"] not in ("bold", "italic", "underline"):
        return one
    words = words_of(one, text)
    space = units(words) - units(words.lstrip(" \n"))
    return one | {"offset": one["offset"] + space, "length": one["length"] - space} if words.strip(" \n") else None


def missing(what) -> None:
    """A judge that is not there: said aloud, and an error where it must be."""
    told = f"{what} is not installed; `make test` installs it"
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def bot_api() -> BotApi:
    if not SCHEMA.exists():
        missing("the schema of the Bot API")
    return BotApi(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def tdlib() -> TdLib:
    try:
        import tdjson
    except ImportError:
        missing("tdjson")
    return TdLib(tdjson.td_execute)


@pytest.fixture(scope="session")
def node() -> Path:
    if not NODE.exists():
        missing("Node")
    return NODE


@pytest.fixture(scope="session")
def richtext(node) -> tuple[Path, Path]:
    """Node, and where Bluesky's own library is: beside the server that needs it."""
    if not (NODE.parent / "node_modules" / "@atproto" / "api").exists():
        missing("Bluesky's own library of rich text")
    return node, NODE.parent
