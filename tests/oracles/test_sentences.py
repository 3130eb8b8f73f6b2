"""No text is cut where ICU sees no sentence begin: it knows no abbreviations, so it sees more beginnings than we do."""

import json
import re
import subprocess

import pytest

from amplify.domain.sentences import cuts
from servers.processes import HERE, ROOT, set_up

pytestmark = pytest.mark.real

_PIECE = re.compile(r"^\s+(en|de|be|ru): \|?\s*\n?((?:\s{6,}.+\n|\n)+)", re.MULTILINE)


def texts() -> list[tuple[str, str]]:
    """Every text of the real campaign, as it is written and as one paragraph; a word stands for what is filled in."""
    found = []
    for file in sorted((ROOT / "posts").rglob("*.yaml")):
        for language, text in _PIECE.findall(re.sub(r"\{\{.*?\}\}", "Words", file.read_text())):
            lines = [line.strip() for line in text.splitlines()]
            found += [(language, "\n".join(lines).strip()), (language, " ".join(filter(None, lines)))]
    return found


def test_where_a_text_is_cut_icu_sees_a_sentence_begin(record_property):
    asked = texts()
    assert len({language for language, _ in asked}) == 4
    program = [str(set_up("pds") / "node"), str(HERE.parent / "oracles" / "sentences.mjs")]
    answer = subprocess.run(program, input=json.dumps(asked), capture_output=True, text=True, check=True)
    begins = json.loads(answer.stdout)
    wrong, number = [], 0
    for (language, text), starts in zip(asked, begins, strict=True):
        for cut in cuts(text, language):
            number += 1
            if cut.sure and len(text[: cut.next].encode("utf-16-le")) // 2 not in starts:
                wrong.append((language, text[max(0, cut.end - 30) : cut.next + 20]))
    assert not wrong
    assert number > 100
    record_property("told", f"{number} ends of sentences in {len(asked)} texts are ones for ICU too")
