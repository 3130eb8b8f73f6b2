"""The types of our schemas: texts that must not be cut, languages, names, times."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)

from amplify.authoring.nearest import nearest
from amplify.authoring.reading import values
from amplify.authoring.reading.nodes import CutText
from amplify.authoring.reading.seen import NETWORK, SCALAR, whole
from amplify.authoring.reading.values import wrong
from amplify.domain.when import When

_BLOCK = "write `|` here, and the text on the next line, two spaces further in"
_LOWER = "lower case letters, digits and `-` only"


class Entry(BaseModel):
    """A table of a file: no keys but ours.

    Of each key, `title` says in a sentence what it is for (editors show it), and `description` what to write where
    it is missing (errors say it).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What entries are read against; no languages where the campaign's are not known."""

    languages: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()


def _uncut(value: object) -> str:
    if isinstance(value, CutText):
        told = "your text is cut here: the ` #` behind it begins a comment, and nobody would read the rest"
        raise wrong("text-cut", told, _BLOCK)
    if isinstance(value, dict):
        raise wrong("not-a-text", "a single text belongs here, and this has names in it", _BLOCK)
    word = values.text(value)
    if not word:
        raise wrong("missing-text", "this text is empty", "write it, or remove the line")
    return word


def _language(value: object, info: ValidationInfo) -> str:
    word = values.text(value)
    known = info.context.languages if isinstance(info.context, Known) else ()
    if known and word not in known:
        told = f"`{word}` is not one of the campaign's languages"
        raise wrong("unknown-language", told, nearest(word, known))
    return word


def _network(value: object, info: ValidationInfo) -> str:
    word = values.text(value)
    known = info.context.networks if isinstance(info.context, Known) else ()
    if word not in known:
        raise wrong("unknown-network", f"`{word}` is not a network that amplify knows", nearest(word, known))
    return word


def slug_hint(written: str) -> str:
    """How an id is written, with what was written made into one."""
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall(r"[a-z0-9]+", plain))
    return f"{_LOWER}, such as `{made}`" if made else _LOWER


def _slug(value: object) -> str:
    word = values.text(value)
    if not re.fullmatch(_SLUG.schema["pattern"], word):
        raise wrong("not-a-name", f"“{word}” is not an id", slug_hint(word))
    return word


def _by_language(value: object) -> object:
    if isinstance(value, str):
        told = "a text for each language belongs here, and this is a single text"
        raise wrong("not-by-language", told, "write `en:` and the text below it, and so on for each language")
    return value


def shape(value: object) -> str:
    """Tells one value, a list of them, and values by language apart."""
    return "<list>" if isinstance(value, list) else "<by language>" if isinstance(value, dict) else "<one>"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


#: Languages as they are written: `en`, `be`, `en-GB`, `be-tarask`.
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
Words = Annotated[str, PlainValidator(_uncut), WithJsonSchema({**SCALAR, "minLength": 1})]
LanguageKey = Annotated[
    str, PlainValidator(_language), WithJsonSchema({"type": "string", "pattern": whole(LANGUAGE), "examples": ["en"]})
]
NetworkName = Annotated[str, PlainValidator(_network), WithJsonSchema(NETWORK)]
ByLanguage = Annotated[dict[LanguageKey, Words], BeforeValidator(_by_language)]
_SLUG = values.matching(r"[a-z0-9]+(-+[a-z0-9]+)*", "an id", _LOWER)
Slug = Annotated[str, replace(_SLUG, read=_slug)]
Name = Annotated[
    str,
    values.matching(
        r"[A-Za-z][A-Za-z0-9_]*", "a name that templates can use", "letters, digits and `_` only, no spaces"
    ),
]
Text = Annotated[str, values.text]
Flag = Annotated[bool, values.yes_no]
OneWhen = Annotated[When, values.when]
Whens: TypeAlias = Annotated[
    Annotated[OneWhen, Tag("<one>")] | Annotated[list[OneWhen], Tag("<list>")], Discriminator(shape)
]
At: TypeAlias = Annotated[
    Annotated[OneWhen, Tag("<one>")]
    | Annotated[list[OneWhen], Tag("<list>")]
    | Annotated[dict[LanguageKey, Whens], Tag("<by language>")],
    Discriminator(shape),
]
Variable: TypeAlias = Annotated[
    Annotated[Words, Tag("<one>")] | Annotated[ByLanguage, Tag("<by language>")], Discriminator(shape)
]
Listed = Annotated[list[Text], BeforeValidator(_listed, json_schema_input_type=Text | list[Text])]
