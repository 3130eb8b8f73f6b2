"""A thread that is one message: the words of all its parts in order, and what each of them has."""

from amplify.domain.channel import Channel, LinkPolicy
from amplify.domain.joining import is_joined, joined
from amplify.domain.picture import Media
from amplify.domain.post import Kind, Part, Post, Variant
from amplify.domain.problem import Passage, Place

PLACE = Place(file="posts/day.yaml")
HERE = Channel(name="telegram-en", network="telegram", language="en", links=LinkPolicy.FULL)
NAMES = ("telegram", "telegram-en")
YES, NO = Variant(settings={"joined": "true"}), Variant(settings={"joined": "false"})


def media(name: str) -> Media:
    return Media(file={"": name}, alt={"en": "A round lamp, hung high"}, place=PLACE)


def thread(*parts: Part, **on: Variant) -> Post:
    blocks = {name.replace("_", "-"): variant for name, variant in on.items()}
    return Post(
        id="appeal", kind=Kind.THREAD, parts=parts, place=PLACE, channels=("telegram-en",), numbered=True, on=blocks
    )


ONE = Part(
    id="one",
    text={"en": "Stand.\n", "de": "Steht."},
    passages={"en": Passage(start=PLACE, line_by_line=True)},
    media=(media("a.png"),),
    place=PLACE,
)
TWO = Part(
    id="two",
    text={"en": "Together."},
    media=(media("b.png"),),
    on={"telegram": Variant(text={"en": "All together."}, settings={"silent": "true"})},
    place=PLACE,
)


def test_the_parts_stand_below_one_another_without_numbers() -> None:
    whole = joined(thread(ONE, TWO))
    (part,) = whole.parts
    assert part.text == {"en": "Stand.\n\nTogether."}
    assert (part.id, whole.is_thread, whole.numbered) == ("", False, False)
    assert [one.file[""] for one in part.media] == ["a.png", "b.png"]


def test_what_a_part_says_for_the_network_counts() -> None:
    (part,) = joined(thread(ONE, TWO), NAMES).parts
    assert part.text == {"en": "Stand.\n\nAll together."}
    assert part.on["telegram"].settings == {"silent": "true"}


def test_a_channel_goes_before_its_network() -> None:
    assert is_joined(thread(ONE, TWO, telegram=YES), HERE)
    assert not is_joined(thread(ONE, TWO), HERE)
    assert not is_joined(thread(ONE, TWO, telegram=YES, telegram_en=NO), HERE)
    assert is_joined(thread(ONE, TWO, telegram=NO, telegram_en=YES), HERE)
