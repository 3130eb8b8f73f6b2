"""The page of what went out in a real browser: who can use it, that nothing runs off the side, and where its links lead."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from amplify.documents.record.page import page as drawn
from amplify.documents.record.values import Deed, Happened, LeftOut, Number, Picture, Record, Went

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

PHONE, LAPTOP = (390, 844), (1280, 800)
AT = datetime(2027, 5, 21, 7, tzinfo=UTC)
HASH = "3fa94c2be1" * 6 + "c0de"
LAMPS = Number(
    id="lamps",
    label="Lamps lit so far",
    value=1496,
    low=None,
    high=None,
    qualifier="more_than",
    unit="lamps",
    period="2026",
    as_of=date(2027, 5, 10),
    source="The lamp office of a town with a very long name",
    source_url="https://lantern.example/lamps",
)
EVENING = Went(
    key="2027/evening@bluesky-en#week-20",
    post="evening",
    kind="statement",
    channel="bluesky-en",
    network="bluesky",
    language="en",
    account="@lantern.example",
    account_url="https://sky.example/profile/lantern.example",
    state="published",
    due=AT,
    published_at=AT + timedelta(seconds=2),
    url=f"https://sky.example/profile/lantern.example/post/{'3kxyz' * 20}",
    remote_id=f"at://did:plc:{'abc' * 30}",
    proof={"cid": "bafyrei" * 8},
    revision=3,
    text=f"Come with a lamp.\n\n{'Donaudampfschifffahrtsgesellschaft' * 3}",
    digest=HASH,
    left_out=LeftOut.NO,
    figures=[LAMPS, replace(LAMPS, value=None, low=1200, high=1500, source_url="")],
    pictures=[Picture(file="posts/media/lamp.jpg", digest=HASH, alt="A lamp in the dark.")],
    approved=[Deed(by="approver-1", at=AT), Deed(by="approver-2", at=AT)],
    corrected_by=["2027/put-right@bluesky-en"],
    lines=[Happened(seq=11, event="confirm", at=AT, by="", hash=HASH)],
)
PUT_RIGHT = replace(
    EVENING,
    key="2027/put-right@bluesky-en",
    post="put-right",
    state="unconfirmed",
    due=AT + timedelta(days=1),
    published_at=None,
    url="",
    text="",
    left_out=LeftOut.PERSON,
    figures=None,
    corrects=EVENING.key,
    corrected_by=[],
)


@pytest.fixture
def record(tmp_path: Path) -> str:
    told = Record(
        campaign="Lantern Night",
        zone="Europe/Vienna",
        made_at=AT,
        lines=901,
        last=HASH,
        names=False,
        full=False,
        deliveries=[EVENING, PUT_RIGHT],
    )
    (tmp_path / "record.html").write_text(drawn(told), encoding="utf-8")
    return (tmp_path / "record.html").as_uri()


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_everybody_can_use_it_and_nothing_runs_off_the_side(record, opened, faults_of, size):
    async with opened(record, size=size) as (page, asked):
        await page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert asked == [record]


async def test_all_of_it_is_counted_and_each_row_leads_to_its_delivery(record, opened):
    async with opened(record, java_script_enabled=False) as (page, _):
        assert "2 deliveries: 1 public, 1 may be public. 2 on Bluesky." in await page.locator("header").inner_text()
        await page.locator("summary", has_text="All of it at a glance").click()
        rows = page.locator("tbody tr:has(td)")
        assert await rows.all_inner_texts() == [
            "07:00\tbluesky-en\tevening (week-20)\tpublic",
            "07:00\tbluesky-en\tput-right\tmay be public",
        ]
        for key in (EVENING.key, PUT_RIGHT.key):
            link = page.locator(f'tbody a[href$="{key.partition("/")[2].replace("@", "%40").replace("#", "%23")}"]')
            await link.click()
            assert await page.locator("article:target").get_attribute("data-key") == key
