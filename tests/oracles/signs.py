"""Signs and addresses as people and programs may write them, one to a text: what each network makes of it, its judge says."""

APPEALS_TAGS = (
    "#FreePoliticalPrisoners ❗️#FreeThemAll #TimeToAct\n\n"
    "#StopRailCargo  #Belarus #StopTransitBelarus  #EU #UltimatumToLukashenka #SaveLives"
)
SCRIPTS = (
    "Дзень салідарнасці #Беларусь", "День солидарности #СвободаПолитзаключённым", "Tag der Solidarität #Übermut #Straße",
    "יום הסולידריות #סולידריות עם", "يوم التضامن #تضامن مع", "एकजुटता दिवस #एकजुटता", "团结日 #团结 #自由", "연대의 날 #연대",
    "連帯の日 #連帯の日 #ハッシュ・タグ", "ემი სოლიდარობის დღე #სოლიდარობა", "Օր #Համերաշխություն", "วันสามัคคี #สามัคคี", "සහයෝගිතා #සහයෝගිතා",
)  # fmt: skip
EMOJI = (
    "👩‍👩‍👧‍👦#Family", "🇧🇾#Belarus", "#Belarus🇧🇾", "👍🏽 #ok", "❗️#FreeThemAll", "#️⃣ #keycap", "1️⃣ #one", "🏳️‍🌈🏴‍☠️ #flags",
    "🙂spring96.org", "spring96.org🙂", "@user_name🙂", "🙂@user_name", "𝒜#math #𝒜math", "#a🇧🇾b",
)  # fmt: skip
MARKED = (
    "#Cafe\u0301", "#Café", "#a\u0308b", "é#tag", "e\u0301#tag", "#\u0301a", "A\u030angstro\u0308m", "a\u0333b\u033f",
    "#zero\u200cjoiner", "#zero\u200djoiner", "#mid·dle", "#kata・kana", "\u200e#left", "\u200f#right", "x\u200e\u200f\u200ey",
    "soft\u00adhy\u00adphen.org", "a\u00a0#b\u00a0c", "a\u2009#b", "a\u3000#b", "no\u202ebreak", "line\u2028s\u2029", "a\tb", "a\r\nb",
    "#i\u0307stanbul", "İSTANBUL.ORG", "word\u0300.org", "क्षि.भारत",
)  # fmt: skip
SIGNS = (
    "＃Belarus", "#＃Belarus", "#Belarus＃x", "#1", "#1a", "#a1", "#_", "#_a", "##a", "#a#b", "#a #b", "(#a)", "“#a”", "«#a»",
    "#a-b", "#a'b", "#a’b", "#don't", "x#a", "_#a", ".#a", "/#a", "#a/", "#a@user_name", "#a@ab", "#a@abc", "#a@abc#b",
    "#" + "a" * 256, "#" + "a" * 257, "#" + "1" * 255 + "a", "#" + "1" * 256 + "a", "# a", "#", "a#", "#a\n#b", "#Русь.",
    "1,496", "1 496", "1.496", "39.978* - cases", "4.649* - cases", "143.600–171.900", "per 21.05.23:", "21.05.2023", "v1.5", "9:30",
    "don't", "people's", "l’amour.fr", "rock'n'roll.com", "it's.me", "D'Artagnan@a.org",
    "$USD", "$usd", "$1INCH", "$TOOLONGTAG", "$$USD", "x$USD", "$USD.", "$USD$EUR", "US$ 100", "$BTC@user_name", "$USDé",
    "@user_name", "@user", "@use", "@gif", "@pic", "@x", "x@user_name", "@user_name@server.example", "@user-name", "@user.name",
    "@" + "u" * 32, "@" + "u" * 33, "(@user_name)", "@Юзер", "@user_nameй", "/start", "/start@user_name", "a/start", "//start",
    "/ start", "</b>", "and/or", "/старт", "1/2", "https:/start",
)  # fmt: skip
ADDRESSES = (
    "spring96.org", "Spring96.org", "SPRING96.ORG", "spring96.Org", "(spring96.org)", "spring96.org.", "spring96.org,", "spring96.org)",
    "belarus-diaspora.at", "via Statements & BelarusContextBulletin (belarus-diaspora.at)", "beroc.org)", "Ende.Neuer", "Ende.neuer",
    "end.It is", "this.is", "it.is.so", "e.g. this", "i.e.", "U.S.A.", "z.B.", "д.м.н.", "пример.рф", "ПРИМЕР.РФ", "прыклад.бел", "中文.中国",
    "https://spring96.org/en/news/111863", "http://spring96.org", "HTTPS://SPRING96.ORG", "ftp://a.org", "sftp://a.org", "xhttps://a.org",
    "https://a.org/a_(b)", "(https://a.org/a_(b))", "https://a.org/[x]", "https://a.org/x]", "https://a.org/x'", "https://a.org/x!",
    "https://a.org/?q=1&b=2#c", "https://a.org?q", "https://a.org#c", "https://a.org:8080/x", "https://a.org:99999/x", "https://a.org:/x",
    "https://user@a.org/x", "https://user:pass@a.org/x", "https://localhost/x", "http://127.0.0.1:80/x", "1.2.3.4", "1.2.3.400", "01.2.3.4",
    "https://пример.рф/шлях", "https://xn--e1afmkfd.xn--p1ai/x", "xn--e1afmkfd.xn--p1ai", "https://a_b.org", "https://a.b_c.org",
    "a-.org", "-a.org", "a..org", ".org", "a.org..", "a.org...x", "https://a.invalid/x", "a.invalid", "a.example", "t.me/channel", "teiegram.org",
    "tg://resolve?domain=user_name", "ton://x", "tonsite://x.ton", "x.ton", "mailto:a@b.org", "a@b.org", "A.B+c@d-e.example.com", "a@b", "@b.org",
    "a@b.org@c.org", "a@b.o", "ä@b.org", "a@пример.рф", "a@b.org/x", "see:spring96.org", "/spring96.org", "#spring96.org", "$spring96.org",
    "https://a.org/“x”", "https://a.org/«x»", "https://a.org/…", "https://a.org/–", "https://a.org/x\u00a0y", "<https://a.org>",
    "https://mastodon.example/@user_name/1", "https://a.org/#tag", "https://a.org #tag", "https://a.org\n#tag", "www.a.org", "www.", "a.org/",
)  # fmt: skip
HAND_PICKED = (APPEALS_TAGS, *APPEALS_TAGS.split(), *SCRIPTS, *EMOJI, *MARKED, *SIGNS, *ADDRESSES)
