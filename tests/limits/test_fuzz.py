"""Some of the broken campaigns and garbled answers of `python -m bench.fuzz`; it plays a thousand of each."""

from bench.fuzz.playing import Mill
from bench.fuzz.telling import Stage

CAMPAIGNS = range(20_000, 20_120)
ANSWERS = range(20_000, 20_150)


def test_no_accident_in_a_file_shows_a_traceback_or_publishes_what_the_rules_refuse() -> None:
    mill = Mill()
    wrong = {f"{n} {made.file} {made.what}": told for n in CAMPAIGNS if (told := mill.wrongs(made := mill.mutant(n)))}
    assert wrong == {}


async def test_no_garbled_answer_shows_a_traceback_or_is_believed() -> None:
    stage = await Stage.open()
    try:
        assert [told for number in ANSWERS if (told := await stage.wrong(number))] == []
    finally:
        await stage.close()
