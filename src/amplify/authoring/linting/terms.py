"""Words that the campaign's languages do not use, and what they write instead: a draft, for native readers to look at.

A campaign adds its own as `glossary`, and where it prefers a word that stands here as wrong, it is right there.
"""

from collections.abc import Mapping
from types import MappingProxyType

#: By language: the wrong word, in the form in which a dictionary has it, and the right one.
TERMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "Lukashenko": "Lukashenka", "Byelorussia": "Belarus", "Belorussia": "Belarus",
            "Byelorussian": "Belarusian", "Belorussian": "Belarusian", "Belarussian": "Belarusian",
        },
        "de": {
            "Weißrussland": "Belarus", "Weissrussland": "Belarus", "weißrussisch": "belarusisch",
            "weissrussisch": "belarusisch", "belarussisch": "belarusisch", "Weißrusse": "Belaruse",
            "Weißrussin": "Belarusin", "Weißrussinnen": "Belarusinnen",
            "Lukaschenka": "Lukaschenko", "Lukashenko": "Lukaschenko", "Lukashenka": "Lukaschenko",
        },
        "be": {
            "Беларусія": "Беларусь", "Лукашенко": "Лукашэнка", "Лукашенка": "Лукашэнка", "Лукашэнко": "Лукашэнка",
        },
        "ru": {
            "Белоруссия": "Беларусь", "белорусский": "беларусский", "белорус": "беларус",
            "белоруска": "беларуска", "Лукашэнко": "Лукашенко", "Лукашэнка": "Лукашенко",
        },
        "uk": {
            "Білорусія": "Білорусь", "Бєларусь": "Білорусь", "Лукашэнка": "Лукашенко", "Лукашэнко": "Лукашенко",
        },
        "pl": {"Łukaszenko": "Łukaszenka", "Lukaszenka": "Łukaszenka", "Lukaszenko": "Łukaszenka"},
        "lt": {"Lukašenko": "Lukašenka", "Lukashenka": "Lukašenka", "Lukashenko": "Lukašenka"},
    }
)  # fmt: skip

_CYRILLIC = """
    а я у ю е о э і и ы й ь ой ей ою ею ом ем ам ям ами ями амі ямі ах ях ов ев аў яў оў еў ів їв ий ый ій ая яя ое ее ае
    яе ые ие ыя ія ия ии ию ией ию ію ії ією ого его ому ему ага яга аму яму ым им ім ых их іх ыми ими імі ымі ую юю ай яй
    ім ою ці ові еві
"""
_POLISH = "a ą ę e i o u y ów om ami ach em ie owi ego emu ej im ym ich ych imi ymi"
_LITHUANIAN = "a ą ai ams as e ė ės ę i į ia iai io is o oje os s u ų ui us y ys"
#: What may stand behind a stem. Where a word ends in one of these in the dictionary, that end is no part of its stem.
ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("s", "es", "'s", "’s"),
        "de": ("e", "en", "er", "es", "em", "n", "s", "nen"),
        "be": tuple(_CYRILLIC.split()),
        "ru": tuple(_CYRILLIC.split()),
        "uk": tuple(_CYRILLIC.split()),
        "pl": tuple(_POLISH.split()),
        "lt": tuple(_LITHUANIAN.split()),
    }
)
#: In these a word of the dictionary is its own stem.
UNCUT = frozenset({"en", "de"})
