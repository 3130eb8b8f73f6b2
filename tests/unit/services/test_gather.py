"""A look at a source, from the page of a real server to the proposal in a real ledger."""

from datetime import timedelta

import pytest
from aiohttp import web

from amplify.services.gather import gather, is_due
from amplify.services.numbers import concerns

FIGURES = """\
lamps:
  label: {en: Lamps lit}
  value: 1254
  as_of: 2027-04-20
  source: {name: The count}
  limits: {min: 800, max: 3000}
"""


def rows(lit, out=3000):
    return "id,status\n" + "".join(f"{n},lit\n" for n in range(lit)) + "".join(f"{n},out\n" for n in range(out))


@pytest.fixture
async def server():
    """A page that says what the test makes it say."""
    said = {"text": rows(1260), "kind": "text/csv"}

    async def answer(_request):
        return web.Response(text=said["text"], content_type=said["kind"])

    app = web.Application()
    app.router.add_get("/list", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    said["port"] = runner.addresses[0][1]
    yield said
    await runner.cleanup()


@pytest.fixture
def app(written, server):
    recipe = (
        f"list: {{figure: lamps, kind: csv, url: 'http://localhost:{server['port']}/list', every: 1d, "
        "rows: {min: 1000, max: 9000}, read: {where: {status: lit}, columns: [id]}}\n"
        "look: {figure: lamps, kind: by-hand, url: 'https://counts.example/', every: 10d}\n"
    )
    return written("[]", {"AMPLIFY_SOURCES_HERE": "localhost"}, config__figures=FIGURES, config__sources=recipe)


async def looked(app, name="list"):
    look = await gather(app.written.sources[name], app.written, app.gatherer)
    app.notebook.note(name, look)
    return look


async def test_a_new_number_waits_as_a_proposal_that_says_what_was_counted(app, clock):
    look = await looked(app)
    assert look.well
    (waiting,) = app.ledger.proposals("lamps")
    assert (waiting.value, waiting.by, waiting.fetched, waiting.doubts) == (1260, "list", True, ())
    assert waiting.counted == "1260 rows with status=lit, of 4260"
    assert waiting.as_of == clock.now().date()
    assert app.written.figures["lamps"].value == 1254
    assert app.ledger.verify() == ""


async def test_the_same_number_is_proposed_once_and_a_newer_one_takes_its_place(app, server):
    await looked(app)
    again = await looked(app)
    assert "proposed already" in again.told
    server["text"] = rows(1262)
    await looked(app)
    assert [one.value for one in app.ledger.proposals()] == [1262]
    assert [one.settled_reason for one in app.ledger.proposals(settled=True)] == ["list says 1262 now"]


async def test_a_jump_waits_with_its_doubt_for_a_second_person(app, server):
    server["text"] = rows(1131)
    assert (await looked(app)).well
    (waiting,) = app.ledger.proposals()
    assert "123 less, 9.8 %" in waiting.doubts[0]
    (told,) = concerns(app.ledger.proposals(), app.written.sources, app.notebook)
    assert (told.about, told.what) == ("proposed", "lamps: 1131 of 2027-05-01, by list")
    assert "123 less" in told.why


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("<html>Checking your browser</html>", "text/html", "the page is text/html"),
        ("<html>Checking your browser</html>", "text/csv", "a web page came"),
        (rows(0), "text/csv", "0 was counted"),
        (rows(3000, out=0), "text/csv", "all 3000 rows were counted"),
        (rows(12), "text/csv", "12 is less than 800"),
        (rows(9500), "text/csv", "at most 9000"),
        ("", "text/csv", "the list is empty"),
        ("id,state\n1,lit\n", "text/csv", "no column “status”"),
    ],
)
async def test_a_page_that_means_something_else_now_proposes_nothing_and_is_told_once(app, server, text, kind, told):
    server.update(text=text, kind=kind)
    look = await looked(app)
    assert not look.well
    assert told in look.told
    assert app.ledger.proposals() == []
    (concern,) = concerns([], app.written.sources, app.notebook)
    assert (concern.about, concern.what) == ("source", "list")
    assert told in concern.why


async def test_people_are_reminded_of_a_page_that_they_read_themselves(app, clock):
    look = await looked(app, "look")
    assert not look.well
    assert "look at https://counts.example/, then `amplify figures set lamps …`" in look.told
    clock.at -= timedelta(days=5)
    assert (await looked(app, "look")).well


async def test_a_source_is_looked_at_as_often_as_it_says_and_not_where_it_is_switched_off(app, clock):
    recipe, last = app.written.sources["list"], await looked(app)
    assert is_due(recipe, None, clock.now())
    assert not is_due(recipe, last, clock.now() + timedelta(hours=23))
    assert is_due(recipe, last, clock.now() + timedelta(hours=24))
