"""Texts as coordinators write them: picked by hand, and put together by chance from the words of eight scripts.

The chance has a fixed seed, so that a text that differs today differs tomorrow.
"""

import random

from oracles.signs import APPEALS_TAGS, HAND_PICKED

SEED = 21_05_2023
EACH = 130

#: Words, and hashtags as a campaign would list them.
SCRIPTS = {
    "latin": (
        "Today we remember people behind bars für Würde Straße żółć źródło švyturys naïve Ængus ’tis don’t well-known AT/DE",
        ["Belarus", "FreeThemAll", "Übermut2027", "Straße", "TimeToAct", "Day21", "Solidarność"],
    ),
    "cyrillic": (
        "Дзень салідарнасці ў Мінску ёсць людзі за кратамі слова з’ява сьнежань Мы памʼятаємо ґанок їжак День ёлка подъезд",
        ["Беларусь", "СвободаПолитзаключённым", "ДзеньСалідарнасці", "Політвʼязні", "Ўсе2027"],
    ),
    "greek": ("Ημέρα αλληλεγγύης για όλους Ποιος θυμάται τους ανθρώπους ψυχή", ["Αλληλεγγύη", "Ελευθερία21"]),
    "hebrew": ("יום הסולידריות עם אנשים מאחורי סורגים שלום צה״ל ג׳ורג׳ זיכרון", ["סולידריות", "חופש2027"]),
    "arabic": ("يوم التضامن مع الناس خلف القضبان سلام ذاكرة، حرية؟ گفتگو پیام", ["تضامن", "حرية_الآن"]),
    "cjk": (
        "团结日 我们 记得 人们。 「自由」 連帯の日 東京 ひと びと カタカナ 연대의 날 기억",
        ["自由", "团结日", "連帯の日", "연대"],
    ),
    "georgian": ("სოლიდარობის დღე ყველა ადამიანი გვახსოვს თავისუფლება", ["სოლიდარობა", "თავისუფლება21"]),
    "armenian": (
        "Համերաշխության օրը բոլոր մարդիկ հիշում ենք ազատություն։ Օր՞",
        ["Համերաշխություն", "Ազատություն"],
    ),
    "thai": ("วัน สามัคคี เรา จำ ผู้คน ได้ น้ำ กำลัง", ["สหภาพ", "วน2027"]),
    "devanagari": ("एकजुटता दिवस हम लोग याद रखते हैं क्षि स्त्री", ["भरत", "जन"]),
}
EMOJI = ("🙂", "❗️", "🇧🇾", "👩‍👩‍👧‍👦", "👍🏽", "🏳️‍🌈", "1️⃣", "❤️", "✊🏿", "🕯️", "©", "→")
NUMBERS = ("1\u202f496", "1,496", "143.600–171.900", "21.05.2023", "9:30", "30 %", "№ 5", "1/2", "2027")
ADDRESSES = (
    "https://petition.example.org/sign", "https://spring96.org/en/news/111863", "https://news.example.com/a_(b)?q=1&p=2#part",
    "https://example.org", "https://example.org:8080/a/very/long/path/to/nowhere.html", "https://xn--e1afmkfd.xn--p1ai/page",
)  # fmt: skip
LINKS = (
    "[{words}](https://petition.example.org/sign)",
    "**{words}**",
    "_{words}_",
    "**[{words}](https://news.example.com/one)**",
)
ENDS = (".", "!", "?", "…", ":", ";", ",", " –", " —", ")", "»", "”", "")
#: What may stand behind an address: every network knows that it is no part of it.
CLEAR = (".", ",", "!", "?", ":", ";", "")
BEGINS = ("", "", "", "", "(", "«", "“", "„")

#: Whole posts, as they might be queued.
POSTS = (
    APPEALS_TAGS.replace("❗️#", "❗️ #"),
    "Today is the Day of Solidarity.\n\n**1,496 people** are behind bars. [Sign the petition](https://petition.example.org/sign)\n\n#Belarus #FreeThemAll",
    "Сёння **Дзень салідарнасці**. За кратамі 1\u202f496 чалавек.\n\n[Падпішыце](https://petition.example.org/sign)\n\n#Беларусь #ДзеньСалідарнасці",
    "Сегодня День солидарности: [подпишите](https://petition.example.org/sign) и расскажите _другим_. #Беларусь",
    "Heute ist der Tag der Solidarität. Mehr: https://news.example.com/de/tag-der-solidaritaet\n\n#Belarus #TimeToAct",
    "Names are read aloud in Tel Aviv, where שלום עליכם is sung, 1496 of them. #Belarus",
    "The word تضامن, in Arabic, means solidarity: 21 people wrote it (سلام) on a wall. #FreeThemAll",
    "יום הסולידריות עם האנשים: https://petition.example.org/sign #סולידריות",
    "يوم التضامن 21 مايو: [وقّع](https://petition.example.org/sign) #تضامن",
    "団結の日。[署名する](https://petition.example.org/sign)。#自由 は ここに ない",
    "სოლიდარობის დღე: https://petition.example.org/sign #სოლიდარობა",
    "Համերաշխության օր։ [Ստորագրեք](https://petition.example.org/sign) #Համերաշխություն",
    "วันสามัคคี: https://petition.example.org/sign #Belarus",
    "एकजुटता दिवस: [हस्ताक्षर](https://petition.example.org/sign) #Belarus",
    "🕯️ A candle in every window 👩‍👩‍👧‍👦\n\n🇧🇾 #Belarus ❗️ #FreeThemAll\n#TimeToAct",
    "Who: @institution@server.example, write to them politely. #Belarus",
    "Is it true? It is. See https://news.example.com/a_(b), then https://news.example.com/c.",
    "One (https://petition.example.org/sign), two https://petition.example.org/sign; three: https://petition.example.org/sign.",
    "Read on: https://petition.example.org/sign?x=1&y=2#top, or not!",
    "#Belarus stands first, #FreeThemAll, in the middle; and last: #TimeToAct.",
    "Tags with ends: #Belarus! #FreeThemAll? #TimeToAct… #Беларусь: #自由。 #Straße) #Day21»",
    "C# and F#, room #5, the #1 of 2027, 50 % of #, x#y: no hashtag in here",
    "Price: $5 or 5$ or US$ 7, e-mail lists aside.",
    "A/B, and/or, 1/2, 24/7, c/o, km/h",
    "Ünïcödé cafe\u0301 re\u0301sume\u0301 й ё ў ї",
    "Line one\nline two\n\n\n\nline three   \n   line four",
)  # fmt: skip


def made_up(script: str, chance: random.Random) -> str:
    """A post in the words of one script, with what else a post may hold."""
    spoken, tags = SCRIPTS[script]
    words = spoken.split()
    lines = []
    for _ in range(chance.randint(1, 3)):
        row = []
        for _ in range(chance.randint(2, 9)):
            piece = _piece(words, tags, chance)
            begin = "" if piece.startswith(("#", "http")) else chance.choice(BEGINS)
            row.append(begin + piece + chance.choice(CLEAR if piece.startswith("http") else ENDS))
        lines.append(" ".join(row))
    placed = [f"#{tag}" for tag in chance.sample(tags, k=chance.randint(0, 2))]
    return "\n\n".join([chance.choice(("\n", "\n\n")).join(lines), *([" ".join(placed)] if placed else [])])


def _piece(words: list[str], tags: list[str], chance: random.Random) -> str:
    said = " ".join(chance.choices(words, k=chance.randint(1, 3)))
    foreign, _ = SCRIPTS[chance.choice(sorted(SCRIPTS))]
    several = [
        chance.choice(LINKS).format(words=said),
        chance.choice(ADDRESSES),
        chance.choice(EMOJI),
        f"#{chance.choice(tags)}",
        chance.choice(NUMBERS),
        f"{said} {chance.choice(foreign.split())} {chance.choice(NUMBERS)}",
    ]
    return chance.choice([*several, *[said] * 8])


def texts() -> tuple[str, ...]:
    chance = random.Random(SEED)
    by_chance = [made_up(script, chance) for script in SCRIPTS for _ in range(EACH)]
    return tuple(dict.fromkeys([*HAND_PICKED, *POSTS, *by_chance]))
