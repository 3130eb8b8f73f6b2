"""`check` in pieces says what `check` of all files at once says, whatever was edited and whatever was kept of it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amplify.bootstrap import open_app
from amplify.domain.problem import Problem
from amplify.services.check import check
from amplify.services.looking.looks import Found, Looks
from amplify.services.workshop import Workshop
from amplify.testing.hand_clock import HandClock

from .conftest import CAMPAIGN, CHANNELS

AROUND = {
    "config/campaign.yaml": CAMPAIGN.encode()
    + b"rules: {approval: {people: 1}, resume: 2, per_account: {a_day: 2, on_day: 3, least_gap: 60m}}\n",
    "config/channels.yaml": CHANNELS.encode(),
    "posts/templates/visit.j2": b"Somebody went to the harbour and left a lamp there, says {{ group }}\n",
}
FILES = [f"posts/{name}.yaml" for name in ("a", "b", "c", "d")]
IDS = ["lamp", "lantern", "candle", "torch", "fire"]
LONG = "Come to the harbour with a lamp this summer and bring your sister and your brother and one friend along to"
ENTRY = st.fixed_dictionaries(
    {
        "id": st.sampled_from([*IDS, *[f"own-{number}" for number in range(12)]]),
        "at": st.sampled_from(["D 09:00", "D 09:30", "D 12:00", "D 18:00", "D-1 12:00", "D-1 18:00", "D-9 23:30"]),
        "kind": st.sampled_from(["statement", "statement", "profile", "correction", "nonsense"]),
        "words": st.sampled_from(
            ["{en: One lamp}", "{en: Two lamps}", "{en: §§}"]
            + [f"{{en: {LONG} {place}}}" for place in ("sing", "talk", "eat")]
        ),
    },
    optional={
        "formerly": st.sampled_from(IDS),
        "corrects": st.sampled_from([*IDS, "nobody"]),
        "urgent": st.just("true"),
        "template": st.just("visit"),
        "again": st.just("true"),
    },
)
WRITTEN = st.lists(ENTRY, max_size=4)


@dataclass
class Pocket:
    """A drawer in memory; `saved` are the looks that it got, with those that it had already."""

    kept: dict[str, bytes] = field(default_factory=dict)
    saved: list[str] = field(default_factory=list)

    def load(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def save(self, name: str, data: bytes) -> None:
        self.kept[name] = data
        self.saved += [name] * (name != "apart")

    def keep_only(self, names: Collection[str]) -> None:
        self.kept = {name: data for name, data in self.kept.items() if name in names}


def as_yaml(entries: list[dict[str, str]]) -> bytes:
    lines = []
    for number, entry in enumerate(entries):
        more = dict(entry)
        words = more.pop("words").replace("§§", f"Only here {number} {entry['id']}")
        more |= {"with": "{group: {en: the harbour}}"} if "template" in more else {"text": words}
        lines.append("- channels: all\n" + "".join(f"  {key}: {value}\n" for key, value in more.items()))
    return "".join(lines).encode() or b"[]\n"


@pytest.fixture
def workshop(tmp_path, clock: HandClock) -> Workshop:
    for name, data in AROUND.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return replace(open_app(tmp_path, environ={}).workshop, clock=clock)


def in_pieces(files: Mapping[str, bytes], workshop: Workshop, drawer: Pocket, mark: str = "as it is") -> Found:
    return Looks(files=files, workshop=workshop, drawer=drawer, mark=mark).found()


def at_once(files: Mapping[str, bytes], workshop: Workshop) -> list[Problem]:
    return check(workshop.author.read(files), workshop, None, {})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.fixed_dictionaries(dict.fromkeys(FILES, WRITTEN)),
    edits=st.lists(st.tuples(st.sampled_from(FILES), WRITTEN), max_size=3),
)
def test_after_any_edits_pieces_say_what_the_whole_says(workshop: Workshop, first, edits) -> None:
    files, drawer = AROUND | {name: as_yaml(entries) for name, entries in first.items()}, Pocket()
    for name, entries in [(FILES[0], first[FILES[0]]), *edits]:
        files = {**files, name: as_yaml(entries)}
        found = in_pieces(files, workshop, drawer)
        assert found.problems == at_once(files, workshop)
        assert found.posts == len(workshop.author.read(files).posts)


def tidy(posts: int = 6) -> dict[str, bytes]:
    """Files that do not touch."""
    texts = [f"{{en: {word}}}" for word in ("Bread", "Water", "Salt and pepper", "Honey", "Apples", "Candles")]
    return AROUND | {
        f"posts/{at}.yaml": as_yaml(
            [{"id": f"day-{at}", "at": f"D-{at} 12:00", "kind": "statement", "words": texts[at]}]
        )
        for at in range(posts)
    }


def test_an_edit_costs_one_look(workshop: Workshop) -> None:
    drawer = Pocket()
    in_pieces(tidy(), workshop, drawer)
    assert len(drawer.saved) == 6
    edited = tidy() | {"posts/3.yaml": tidy()["posts/3.yaml"].replace(b"Honey", b"Cheese")}
    assert in_pieces(edited, workshop, drawer).problems == at_once(edited, workshop)
    assert len(drawer.saved) == 7


def test_nothing_edited_costs_none(workshop: Workshop) -> None:
    drawer = Pocket()
    first = in_pieces(tidy(), workshop, drawer)
    assert in_pieces(tidy(), workshop, drawer) == first
    assert len(drawer.saved) == 6


def test_what_stands_around_is_part_of_what_was_seen(workshop: Workshop) -> None:
    drawer = Pocket()
    in_pieces(tidy(), workshop, drawer)
    stricter = tidy() | {"config/campaign.yaml": AROUND["config/campaign.yaml"].replace(b"people: 1", b"people: 2")}
    assert in_pieces(stricter, workshop, drawer).problems == at_once(stricter, workshop)
    assert len(drawer.saved) == 12


def test_another_program_looks_again(workshop: Workshop) -> None:
    drawer = Pocket()
    in_pieces(tidy(), workshop, drawer)
    in_pieces(tidy(), workshop, drawer, mark="another version")
    assert len(drawer.saved) == 12


def test_a_slot_that_passes_is_looked_at_again(workshop: Workshop, clock: HandClock) -> None:
    drawer = Pocket()
    before = in_pieces(tidy(), workshop, drawer)
    assert not [problem for problem in before.problems if problem.code == "blocked"]
    clock.pass_by(timedelta(days=19))
    after = in_pieces(tidy(), workshop, drawer)
    assert after.problems == at_once(tidy(), workshop)
    assert [problem.post for problem in after.problems if problem.code == "blocked"] == [
        "day-2",
        "day-3",
        "day-4",
        "day-5",
    ]


def test_a_clock_that_was_put_back_is_believed(workshop: Workshop, clock: HandClock) -> None:
    drawer = Pocket()
    clock.pass_by(timedelta(days=19))
    in_pieces(tidy(), workshop, drawer)
    clock.pass_by(-timedelta(days=19))
    assert in_pieces(tidy(), workshop, drawer).problems == at_once(tidy(), workshop)


def test_without_a_mark_nothing_is_kept(workshop: Workshop) -> None:
    drawer = Pocket()
    assert in_pieces(tidy(), workshop, drawer, mark="").problems == at_once(tidy(), workshop)
    assert drawer.kept == {}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"null",
        lambda _: b"[1, 2]",
        lambda data: data[: len(data) // 2],
        lambda data: b"\xff" + data,
        lambda data: json.dumps(json.loads(data) | {"traces": {}}).encode(),
        lambda data: json.dumps(json.loads(data) | {"problems": [["error"]]}).encode(),
        lambda data: json.dumps(json.loads(data) | {"until": "tomorrow"}).encode(),
        lambda data: json.dumps(json.loads(data) | {"since": "2027-05-01T08:00:00"}).encode(),
        lambda data: data.replace(b'"pairs": {"en": [[', b'"pairs": {"en": [[7, '),
    ],
)
def test_what_is_damaged_is_found_out_anew(workshop: Workshop, spoil) -> None:
    drawer = Pocket()
    whole = in_pieces(tidy(), workshop, drawer)
    drawer.kept = {name: b'["' if name == "apart" else spoil(data) for name, data in drawer.kept.items()}
    assert in_pieces(tidy(), workshop, drawer) == whole
    assert len(drawer.saved) == 12
