"""The preview page in a real browser: what it shows, who can use it, and that it asks nobody for anything."""

from itertools import chain

import pytest

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="session")]

PHONE, LAPTOP = (360, 800), (1280, 800)


async def visible(page):
    """The keys of the deliveries that can be seen."""
    seen = "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.key)"
    return await page.locator("article").evaluate_all(seen)


async def test_it_shows_every_text_exactly_as_preview_says_it(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        said = "all => all.map(one => [one.dataset.key, one.querySelector('.text')?.textContent ?? ''])"
        shown = await page.locator("article").evaluate_all(said)
    assert len(shown) == len(preview.deliveries)
    assert dict(shown) == {one["key"]: one["text"] for one in preview.deliveries}


async def test_it_asks_nobody_for_anything_and_runs_nothing(preview, opened):
    async with opened(preview.url) as (page, asked):
        said = []
        page.on("console", lambda message: said.append(message.text))
        await page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        await page.mouse.wheel(0, 100_000)
        assert await page.locator("script").count() == 0
    assert asked == [preview.url]
    assert said == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_everybody_can_use_it_and_nothing_runs_off_the_side(preview, opened, faults_of, size):
    async with opened(preview.url, size=size) as (page, _):
        await page.locator("#finder").evaluate("one => { one.open = true }")
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == size[0]


async def test_the_picture_is_seen_and_its_alt_text_can_be_read(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        post = page.locator('article[data-key="2027/evening@bluesky-en"]')
        picture = post.get_by_role("img", name="A lamp in the dark, drawn with six rings of light.")
        painted = await picture.screenshot()
        assert await post.get_by_text("A lamp in the dark, drawn with six rings of light.", exact=True).is_visible()
    assert brightest(painted) > 150


async def test_links_are_live_and_tell_nobody_where_from(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        link = page.locator('article[data-key="2027/evening@telegram-en"] a.link').filter(has_text="The invitation")
        assert await link.get_attribute("href") == "https://lantern.example/come?with=a&lamp=1"
        assert set((await link.get_attribute("rel")).split()) >= {"noreferrer", "noopener"}
        for one in await page.locator('article [lang="be"] a.link[href*="lantern.example/come"]').all():
            pytest.fail(f"{one} is a link where sources are named in words")


async def test_each_card_speaks_its_language(preview, opened):
    async with opened(preview.url) as (page, _):
        spoken = "all => all.map(one => [one.dataset.key, one.querySelector('.shown').lang])"
        shown = dict(await page.locator("article").evaluate_all(spoken))
    assert shown == {one["key"]: one["language"] for one in preview.deliveries}


async def test_figures_stand_beside_what_they_are_printed_in(preview, opened):
    async with opened(preview.url) as (page, _):
        fresh = await page.locator('article[data-key="2027/evening@mastodon-en"] .figure').inner_text()
        stale = await page.locator('article[data-key="2027/morning@telegram-en"] .figure').inner_text()
    for words in ("Lamps lit so far", "more than 1,496", "10 May 2027", "The lamp office", "11 days old"):
        assert words in fresh
    assert "Stale" not in fresh
    assert "Stale: 868 days old at its time, 45 allowed." in stale


async def test_what_is_wrong_is_counted_told_and_found(preview, opened):
    wrong = [one for one in preview.deliveries if one["problems"]]
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        await page.get_by_role("link", name=f"{len(wrong)} with problems").click()
        assert page.url.endswith("#problems")
        finding = page.locator(".finding", has_text="too long for Mastodon")
        await finding.locator("summary").click()
        await finding.get_by_role("link").click()
        target = page.locator("article:target")
        assert await target.get_attribute("data-key") == "2027/morning@mastodon-en"
        assert "There is no text to show." in await target.inner_text()
        assert wrong[0]["problems"][0] in await target.inner_text()


async def test_one_language_or_one_channel_is_chosen_with_the_keyboard_alone(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        await page.get_by_label("everything").first.focus()
        await page.keyboard.press("ArrowDown")
        belarusian = {one["key"] for one in preview.deliveries if one["language"] == "be"}
        assert set(await visible(page)) == belarusian
        assert await page.get_by_text("Only be.").is_visible()
        assert not await page.get_by_role("heading", name="19 May").is_visible()
        for _ in range(3):
            await page.keyboard.press("ArrowDown")
        assert {key.split("@")[1] for key in await visible(page)} == {"mastodon-be"}
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        assert await visible(page) == []
        assert await page.get_by_text("Nothing of this has a problem.").is_visible()


async def test_the_calendar_leads_to_a_day_and_a_part_stands_under_the_one_before(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        await page.get_by_role("navigation", name="Days").get_by_role("link", name="21 May, Friday").click()
        assert await page.get_by_role("heading", name="Friday, 21 May 2027").is_visible()
        order = [key for key in await visible(page) if "/walk" in key]
    by_channel = [[key for key in order if key.endswith(name)] for name in ("mastodon-en", "bluesky-en", "telegram-en")]
    assert [*chain(*by_channel)] == order
    for parts in by_channel:
        assert [key.split("@")[0] for key in parts] == ["2027/walk.gather", "2027/walk.go", "2027/walk.home"]


async def test_a_warning_is_opened_without_script(preview, opened):
    async with opened(preview.url, java_script_enabled=False) as (page, _):
        post = page.locator('article[data-key="2027/evening@mastodon-be"]')
        assert not await post.locator(".text").is_visible()
        await post.get_by_text("яркае святло").click()
        assert await post.locator(".text").is_visible()


def brightest(png):
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(png)) as image:
        return image.convert("L").getextrema()[1]
