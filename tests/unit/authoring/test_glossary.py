"""One word for one thing in each language, in all its forms; and no text in two spellings."""

from collections.abc import Callable

import pytest

from .town import CAMPAIGN, CHANNELS

Checked = Callable[..., list[str]]


@pytest.fixture
def words(checked: Checked) -> Callable[..., list[str]]:
    """What glossary and spelling say of a text in one language."""

    def telling(language: str, text: str, glossary: str = "") -> list[str]:
        campaign = CAMPAIGN.replace("[en, be]", f"[en, be, {language}]" if language not in ("en", "be") else "[en, be]")
        channel = f'there: {{network: telegram, language: {language}, chat: "@there", token: "${{TOKEN_TG}}"}}\n'
        channels = "".join(line for line in CHANNELS.splitlines(keepends=True) if "telegram" not in line)
        post = f"- id: evening\n  kind: statement\n  at: D 19:00\n  channels: [there]\n  text:\n    {language}: |\n      {text}\n"
        said = checked(
            {
                "config/campaign.yaml": campaign + glossary,
                "config/channels.yaml": channels + channel,
                "config/figures.yaml": "",
                "posts/day.yaml": post,
            }
        )
        return [line.partition("on there: ")[2] for line in said if "campaign writes" in line or "spelled as" in line]

    return telling


@pytest.mark.parametrize(
    ("language", "text", "found", "right"),
    [
        ("de", "Die Gefangenen in Weißrussland.", "Weißrussland", "Belarus"),
        ("de", "Die Zukunft Weißrusslands.", "Weißrusslands", "Belarus"),
        ("de", "Die weißrussischen Gefängnisse.", "weißrussischen", "belarusisch"),
        ("ru", "Политзаключённые Белоруссии.", "Белоруссии", "Беларусь"),
        ("ru", "Из белорусских тюрем.", "белорусских", "беларусский"),
        ("ru", "Письма белорусам.", "белорусам", "беларус"),
        ("be", "Рэжым Лукашенко.", "Лукашенко", "Лукашэнка"),
        ("en", "Lukashenko’s prisons.", "Lukashenko’s", "Lukashenka"),
        ("pl", "Więźniowie Łukaszenko.", "Łukaszenko", "Łukaszenka"),
        ("lt", "Lukashenkos kalėjimai.", "Lukashenkos", "Lukašenka"),
        ("uk", "Режим Лукашэнкі.", "Лукашэнкі", "Лукашенко"),
    ],
)
def test_a_word_that_is_not_used_is_found_in_its_forms(
    words: Callable[..., list[str]], language: str, text: str, found: str, right: str
):
    (told,) = words(language, text)
    assert told.startswith(
        f"“{found}” stands here, and in `{language}` this campaign writes “{right}” (write that, in the form"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Weißrusslandhilfe e. V. schreibt. #Weißrussland"),
        ("de", "Lukaschenko, Lukaschenkos Gefängnisse, Belarus."),
        ("ru", "Белорусочка, Беларусь, беларусский язык, беларуска, режим Лукашенко."),
        ("be", "Рэжым Лукашэнкі, Лукашэнку, Лукашэнкам; мая краіна, 21 мая, у свеце."),
        ("pl", "Reżim Łukaszenki, Łukaszence, Łukaszenką."),
        ("lt", "Lukašenkos, Lukašenkai, Lukašenką."),
        ("uk", "Режим Лукашенка, Лукашенком."),
        ("en", "Lukashenka’s prisons in Belarus."),
    ],
)
def test_what_is_right_or_only_longer_is_let_be(words: Callable[..., list[str]], language: str, text: str):
    assert [told for told in words(language, text) if "campaign writes" in told or "spelled" in told] == []


def test_what_is_quoted_stays_as_it_was_said(words: Callable[..., list[str]]):
    assert words("de", "Die Petition heißt „Freiheit für Weißrussland“.") == []


def test_a_campaign_adds_words_of_its_own(words: Callable[..., list[str]]):
    (told,) = words("de", "Viele Häftlinge warten.", "glossary: {de: {Häftling: Gefangene}}\n")
    assert told.startswith("“Häftlinge” stands here, and in `de` this campaign writes “Gefangene”")


def test_a_campaign_may_prefer_what_we_avoid(words: Callable[..., list[str]]):
    glossary = "glossary: {en: {Lukashenka: Lukashenko}}\n"
    assert words("en", "Lukashenko must go.", glossary) == []
    assert words("en", "Lukashenka must go.", glossary) != []


def test_several_words_and_short_ones_are_taken_as_they_are(words: Callable[..., list[str]]):
    glossary = "glossary: {en: {political inmate: political prisoner, RB: Belarus}}\n"
    assert len(words("en", "Political inmates in RB.", glossary)) == 2
    assert words("en", "A curb, a rb, an inmate.", glossary) == []


@pytest.mark.parametrize(
    ("language", "text", "found", "other"),
    [
        ("be", "Свабоду палітвязьням.", "палітвязьням", "be-tarask"),
        ("be", "Сустракаемся 21 траўня.", "траўня", "be-tarask"),
        ("be-tarask", "Свабоду палітвязням.", "палітвязням", "be"),
        ("be-tarask", "Сустракаемся 21 мая.", "21 мая", "be"),
    ],
)
def test_a_text_keeps_to_the_spelling_of_its_channel(
    words: Callable[..., list[str]], language: str, text: str, found: str, other: str
):
    (told,) = words(language, text)
    assert told.startswith(f"“{found}” is spelled as `{other}`, and this text is in `{language}`")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("be", "Пісьмы палітвязням, барацьба, восьмы дзень, возьмем, бацькі, сельскі, толькі, маленькі, дзядзька."),
        ("be-tarask", "Лісты палітвязьням, мая краіна, сьвет, 21 траўня, ня ведаем."),
    ],
)
def test_what_both_spellings_have_is_let_be(words: Callable[..., list[str]], language: str, text: str):
    assert words(language, text) == []


def test_a_word_that_replaces_itself_is_told(checked: Checked):
    said = checked({"config/campaign.yaml": CAMPAIGN + "glossary: {en: {Belarus: belarus}}\n"})
    (told,) = [line for line in said if "instead of itself" in line]
    assert told.startswith("config/campaign.yaml:12:16: error: “Belarus” is to be written instead of itself")
