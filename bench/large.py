"""A large campaign as coordinators would write it: four posts a day, each in four languages, on the repository's channels.

Its words are drawn from a few lists, so that no two posts say the same; they are about lamps and letters, and about nobody.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

_CHANNELS = Path(__file__).parents[1] / "config" / "channels.yaml"
_LANGUAGES = ("en", "de", "be", "ru")
_CLOCKS = ("08:00", "11:00", "15:00", "19:00")
_PER_FILE = 25
_WORDS = {
    "en": "lamp evening letter window street garden harbour market bridge lantern river table winter summer paper "
    "kitchen candle corner station village mountain teacher neighbour friend sister brother music story colour answer "
    "question silence weather journey ticket island forest meadow orchard bakery library theatre ocean shadow",
    "de": "Lampe Abend Brief Fenster Straße Garten Hafen Markt Brücke Laterne Fluss Tisch Winter Sommer Papier Küche "
    "Kerze Ecke Bahnhof Dorf Berg Lehrerin Nachbar Freundin Schwester Bruder Musik Geschichte Farbe Antwort Frage Stille "
    "Wetter Reise Karte Insel Wald Wiese Obstgarten Bäckerei Bücherei Theater Ozean Schatten",
    "be": "лямпа вечар ліст акно вуліца сад порт кірмаш мост ліхтар рака стол зіма лета папера кухня свечка рог "
    "вакзал вёска гара настаўніца сусед сяброўка сястра брат музыка апавяданне колер адказ пытанне цішыня надвор'е "
    "падарожжа квіток востраў лес луг агарод пякарня чытальня тэатр акіян цень",
    "ru": "лампа вечер письмо окно улица сад порт рынок мост фонарь река стол зима лето бумага кухня свеча угол вокзал "
    "деревня гора учительница сосед подруга сестра брат музыка рассказ цвет ответ вопрос тишина погода поездка билет "
    "остров лес луг огород пекарня читальня театр океан тень",
}
_CAMPAIGN = """\
name: Ten Thousand Lamps
edition: "1"
timezone: Europe/Vienna
day: {day}
languages: [en, de, be, ru]
hashtags: {{core: [LampsForAll, LightALamp], more: [WriteALetter]}}
links:
  lamps:
    url: "https://lamps.example/how-to-light-one"
    label: {{en: How to light one, de: So geht es, be: Як запаліць, ru: Как зажечь}}
    title: {{en: Lamps for All, de: Lampen für alle, be: Лямпы для ўсіх, ru: Лампы для всех}}
coordinators: {{editor: {{}}, reviewer: {{}}}}
"""
_FIGURES = """\
lamps:
  label: {{en: Lamps lit, de: Brennende Lampen, be: Запалена лямпаў, ru: Зажжено ламп}}
  value: 41496
  as_of: {day}
  source: {{name: The lamplighters, url: "https://lamps.example/count"}}
  limits: {{max_age_days: 3650}}
"""
_EXCERPTS = """\
E1:
  verbatim: "Light a lamp for everybody who is waiting."
  corrected: "Light a lamp for everybody who is waiting."
  translations:
    de: "Zündet eine Lampe an für alle, die warten."
    be: "Запаліце лямпу для ўсіх, хто чакае."
    ru: "Зажгите лампу для всех, кто ждёт."
"""
_TEMPLATE = "{{ group }}\n\n{{ figure.lamps.line }}\n"


def write(root: Path, posts: int, first: date) -> list[Path]:
    """Write it into `root`; the files that a YAML parser would read."""
    (root / "config").mkdir(parents=True)
    (root / "posts" / "templates").mkdir(parents=True)
    shutil.copy(_CHANNELS, root / "config")
    (root / "config/campaign.yaml").write_text(_CAMPAIGN.format(day=first))
    (root / "config/figures.yaml").write_text(_FIGURES.format(day=first - timedelta(days=31)))
    (root / "config/excerpts.yaml").write_text(_EXCERPTS)
    for language in _LANGUAGES:
        (root / f"posts/templates/group.{language}.j2").write_text(_TEMPLATE)
    for start in range(0, posts, _PER_FILE):
        numbers = range(start, min(start + _PER_FILE, posts))
        (root / f"posts/lot-{start:06}.yaml").write_text("\n".join(_entry(number, first) for number in numbers))
    return sorted(root.glob("*/*.yaml"))


def _entry(number: int, first: date) -> str:
    """Five kinds in turn: from a template, plain words, a figure, a quotation, a link."""
    draw = Random(number)  # noqa: S311 - words of a bench
    days, turn = divmod(number, len(_CLOCKS))
    at = f"{first + timedelta(days=days)} {_CLOCKS[turn]}"
    head = f"- id: post-{number}\n  at: {at}\n  channels: all\n"
    on = "  on:\n    mastodon: {visibility: unlisted}\n    telegram: {silent: true}\n"
    form = number % 5
    if form == 0:
        words = "".join(f"      {language}: {_sentence(draw, language)}\n" for language in _LANGUAGES)
        return f"{head}  kind: figure\n  template: group\n  tags: [core]\n  with:\n    group:\n{words}{on}"
    kind, more = (
        ("thanks", "  tags: [core, WriteALetter]\n"),
        ("figure", "  tags: [more]\n"),
        ("quote", "  tags: [core]\n"),
        ("statement", "  link: lamps\n"),
    )[form - 1]
    texts = "".join(f"    {language}: |\n{_text(draw, language, form)}" for language in _LANGUAGES)
    return f"{head}  kind: {kind}\n{more}  text:\n{texts}{on}"


def _text(draw: Random, language: str, form: int) -> str:
    beginning = ("", "", "{{ figure.lamps.line }}", "“{{ excerpt.E1 }}”", "")[form]
    lines = [beginning, "", f"**{_sentence(draw, language)}**", "", _sentence(draw, language)]
    return "".join(f"      {line}\n" if line else "\n" for line in (lines if beginning else lines[2:]))


def _sentence(draw: Random, language: str) -> str:
    """Every other word is made of two, so that there are as many as a language has."""
    words = _WORDS[language].split()
    pairs = (f"{draw.choice(words)}{draw.choice(words).lower()} {draw.choice(words)}" for _ in range(5))
    return " ".join(pairs).capitalize() + "."
