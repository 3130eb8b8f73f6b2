"""`split: true`: what is too long becomes a numbered thread, cut where a reader would, the same in every run."""

from datetime import timedelta

from amplify.domain.delivery import Event, State
from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.key import Key
from amplify.domain.plan import Action
from amplify.ports.ledger import Outcome
from amplify.services.apply import apply
from amplify.services.approve import approve
from amplify.services.check import check
from amplify.services.survey import survey

from .conftest import CAMPAIGN, CHANNELS

SENTENCE = "This is sentence {number} of a letter that says that nobody who is in prison there is forgotten."
BLUESKY = (
    'bluesky-en: {network: bluesky, language: en, server: "https://b.example", handle: a.example, password: "${T_B}"}\n'
)
LINKS = 'links: {petition: {url: "https://petition.example/now", label: {en: Sign the petition}}}\n'
FIGURES = """\
prisoners:
  label: {en: Political prisoners recognised}
  value: 1496
  as_of: 2027-04-20
  source: {name: Somebody, url: "https://source.example/1"}
"""


def letter(*paragraphs: int) -> str:
    numbers = iter(range(1, 100))
    return "\n\n".join(" ".join(SENTENCE.format(number=next(numbers)) for _ in range(some)) for some in paragraphs)


def post(text: str, *more: str, channels: str = "all") -> str:
    lines = ["- id: letter", "  kind: statement", "  at: D 09:00", f"  channels: {channels}", "  split: true"]
    lines += [*(f"  {line}" for line in more), "  text:", "    en: |"]
    return "\n".join([*lines, *(f"      {line}".rstrip() for line in text.split("\n"))]) + "\n"


def shown(app, channel: str = "bluesky-en") -> list[tuple[str, str]]:
    """The parts on a channel with what followers read, in their order."""
    found = [one.intent for one in survey(app.written, app.workshop, {}) if one.intent.wanted.channel.name == channel]
    assert not [intent.problem for intent in found if intent.problem]
    return [(intent.wanted.key.part, intent.rendition.text) for intent in found]


def opened(written, text, **others):
    return written(text, config__campaign=CAMPAIGN + LINKS, config__channels=CHANNELS + BLUESKY, **others)


def test_where_a_text_fits_it_stays_one_post(written):
    app = opened(written, post(letter(4, 4, 4)))
    assert shown(app, "telegram-en") == [("", letter(4, 4, 4))]
    assert len(shown(app, "mastodon-en")) == 3
    assert len(shown(app, "bluesky-en")) == 5


def test_every_part_ends_with_a_sentence_and_all_of_them_are_there_in_order(written):
    text = letter(3, 4, 2)
    parts = shown(opened(written, post(text)))
    assert [name for name, _ in parts] == [str(number + 1) for number in range(len(parts))]
    said = []
    for number, (_, words) in enumerate(parts, start=1):
        body, _, counted = words.rpartition(" ")
        assert counted == f"{number}/{len(parts)}"
        assert body.endswith("forgotten.")
        assert len(words) <= 300
        said.append(body)
    assert " ".join(said).split() == text.split()


def test_a_part_ends_with_a_paragraph_where_that_fills_half_of_it(written):
    (_, first), *_ = shown(opened(written, post(letter(2, 2, 2))))
    assert first.split("\n\n") == [letter(2) + " 1/3"]
    (_, first), *_ = shown(opened(written, post("Dear all,\n\n" + letter(4))))
    assert "sentence 2" in first


def test_tags_are_on_the_first_part_and_the_link_on_the_last(written):
    parts = [words for _, words in shown(opened(written, post(letter(6), "tags: [core]", "link: petition")))]
    assert ["#Belarus" in words for words in parts] == [True, *[False] * (len(parts) - 1)]
    assert ["Sign the petition" in words for words in parts] == [*[False] * (len(parts) - 1), True]


def test_a_card_for_the_link_is_on_the_last_part_and_takes_no_room_in_its_text(written):
    titled = LINKS.replace("label:", "title: {en: The petition}, label:")
    settled = {"config__campaign": CAMPAIGN + titled, "config__channels": CHANNELS + BLUESKY}
    text = letter(3)[:295] + "."
    assert shown(written(post(text, "link: petition", channels="[bluesky-en]"), **settled)) == [("", text)]
    app = written(post(letter(7), "link: petition", channels="[bluesky-en]"), **settled)
    cards = [one.intent.rendition.link_card is not None for one in survey(app.written, app.workshop, {})]
    assert cards == [False, False, True]


def test_a_tenth_part_has_room_for_its_number(written):
    parts = shown(opened(written, post(letter(*[2] * 12))))
    assert len(parts) == 12
    assert parts[9][1].endswith(" 10/12")


def test_a_button_is_below_the_last_part_only(written):
    app = opened(written, post(letter(60), "on: {telegram: {button: petition}}", channels="[telegram-en]"))
    found = [one.intent.rendition.settings for one in survey(app.written, app.workshop, {})]
    assert [("button" in settings) for settings in found] == [False, True]


def test_each_part_knows_its_own_figures_and_its_own_lines(written):
    text = letter(2) + "\n\n{{ figure.prisoners.line }}.\n" + letter(2)
    app = opened(written, post(text), config__figures=FIGURES)
    surveyed = [
        one.intent for one in survey(app.written, app.workshop, {}) if "bluesky" in one.intent.wanted.key.channel
    ]
    assert [[used.id for used in one.rendition.figures] for one in surveyed] == [[], ["prisoners"]]
    assert [one.wanted.part.place.line for one in surveyed] == [8, 10]


def test_a_sentence_is_never_cut_and_is_told_to_be_too_long_by_how_much(written):
    app = opened(written, post(letter(2) + "\n\nAnd " + "again and " * 30 + "again."))
    (problem,) = [p for p in check(app.written, app.workshop, None, {}) if p.code == "too-long"]
    assert "letter.2 on bluesky-en" in problem.message
    assert "too long" in problem.message
    assert "make two of it" in problem.hint
    assert problem.place.line == 10


def test_the_cut_is_the_same_whatever_a_server_allows(written):
    app = opened(written, post(letter(9)))
    keys = [wanted.key for wanted in app.workshop.wanted(app.written)]
    assert keys == [wanted.key for wanted in app.workshop.wanted(app.author.read(app.folder.files()))]
    assert Key(edition="2027", post="letter", part="2", channel="mastodon-en") in keys


def test_a_figure_that_grows_moves_no_end_once_a_part_is_public(written):
    def brim(pad: int) -> str:
        return letter(2)[:-1] + "n" * pad + ". {{ figure.prisoners.line }}.\n\n" + letter(2)

    def take(pad: int, value: int):
        figures = FIGURES.replace("1496", str(value))
        app = opened(written, post(brim(pad), channels="[bluesky-en]"), config__figures=figures)
        return app, apply(app.folder.files(), app.workshop, app.ledger, by="one")

    app = opened(written, post(brim(0), channels="[bluesky-en]"), config__figures=FIGURES)
    pad = 300 - len(shown(app)[0][1])
    app, _ = take(pad, 1496)
    (first, _), ledger, now = app.ledger.deliveries(), app.ledger, app.clock.now()
    approve([first], app.written, app.workshop, ledger, by="two", via="cli")
    until = now + timedelta(minutes=5)
    taken = ledger.claim(ledger.delivery(first.key), worker="w", account="a", lease_until=until, now=now)
    envelope = Envelope(key=first.key, network="bluesky", sealed_at=now, request={})
    begun = ledger.begin(taken, envelope, epoch=ledger.epoch(), lease_until=until, now=now)
    ledger.record(begun, Outcome(event=Event.CONFIRM, now=now, receipt=Receipt(remote_id="1", url="", at=now)))
    _, planned = take(pad, 1497)
    assert [change.action for change in planned.plan.changes] == [Action.PUBLISHED, Action.KEEP]
    app, planned = take(pad, 1496000)
    assert [change.action for change in planned.plan.changes] == [Action.PUBLISHED, Action.BLOCKED]
    assert "would be cut elsewhere" in planned.plan.changes[1].reasons[0]
    assert [row.state for row in app.ledger.deliveries()] == [State.PUBLISHED, State.HELD]
    app, _ = take(pad, 1496)
    assert [row.state for row in app.ledger.deliveries()] == [State.PUBLISHED, State.PLANNED]


def test_a_text_with_control_blocks_is_not_cut(written):
    app = opened(written, post("{% for _ in range(9) %}" + letter(1) + "{% endfor %}", channels="[bluesky-en]"))
    assert [wanted.key.part for wanted in app.workshop.wanted(app.written)] == [""]
