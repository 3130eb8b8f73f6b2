"""What people have written and set: a campaign on four networks, every secret of it a canary, some typed where none belongs."""

from pathlib import Path

#: Of a kind that is written down otherwise in JSON, in addresses, in HTML and in Python.
SECRETS = {
    "T_MASTODON_EN": "Mq7/rE+x9Kd&Vf2\"Zt4wLb8='Hs3",
    "T_MASTODON_DE": "mastoGe6-Yc1_uPn5RjXo0SiTa4Dk",
    "T_BLUESKY_EN": 'bw2q-é"x7k+/nv5t-z9r3 <h6d8j>',
    "T_BLUESKY_DE": "pf4s-gm6u-yc8e-kx2w-tb7a",
    "T_TELEGRAM_EN": "7310948265:AAHkQ2_vXe9-RtYb4UzCw6NmLs8Pd1Gf3Jo",
    "T_TELEGRAM_DE": "7310948266:AAFzW5-qTn7_LcKx1VyEb9RdMj4Sg6Hp2Uo",
    "T_STRANGER": "Zx8$Lw/3vB+7nKq\\5Yt\"1Rf=9Gd'2Hs",
}
#: Those that lie in the file of secrets, not in the environment.
FILED = ("T_MASTODON_DE", "T_BLUESKY_DE", "T_TELEGRAM_EN")
BESIDE = {
    "a notice": "nTc4VwXe8KbRz2Lq6Yd",
    "a password": "hG5sPm9Fj3UaWt7Cx1E",
    "the heartbeat": "bEa7TnQ3rLz9Vk5Xw2D",
    "the ledger": "pGs6YdRm4Wc8Jh2Ft0K",
    "a proxy": "xPr1KvTb9Zq3Ns7Ly5G",
    "our proxy": "oPr8WmYc4Kd2Hv6Jt1S",
    "a typed token": "tYp3QwEr8Zx6Vb1NmKd",
}
LANGUAGES = ("en", "de", "sv", "nb", "da", "is", "fr", "it", "es")
STRANGERS = LANGUAGES[2:]
CAMPAIGN = f"""\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [{", ".join(LANGUAGES)}]
hashtags: {{core: [LanternNight]}}
coordinators: {{editor: {{}}, reviewer: {{}}}}
rules:
  approval: {{people: 1}}
  resume: 1
  late: 6h
  quiet_hours: none
  per_account: {{a_day: 40, on_day: 40, least_gap: 5m}}
"""
ON_OURS = "[mastodon, bluesky, telegram]"


def channels(mastodon: str, bluesky: str, telegram: str) -> str:
    """config/channels.yaml, leading to these servers."""
    ours = "\n".join(
        f"""\
mastodon-{each}: {{network: mastodon, language: {each}, server: "{mastodon}", token: "${{T_MASTODON_{each.upper()}}}"}}
bluesky-{each}: {{network: bluesky, language: {each}, server: "{bluesky}", handle: {each}.example, password: "${{T_BLUESKY_{each.upper()}}}"}}
telegram-{each}: {{network: telegram, language: {each}, server: "{telegram}", chat: "@lantern_{each}", token: "${{T_TELEGRAM_{each.upper()}}}"}}"""
        for each in LANGUAGES[:2]
    )
    theirs = "\n".join(
        f'stranger-{each}: {{network: stranger, language: {each}, token: "${{T_STRANGER}}"}}' for each in STRANGERS
    )
    return f"{ours}\n{theirs}\n"


def post(id: str, at: str, words: str, on: str = ON_OURS) -> str:
    texts = "\n".join(f"    {each}: |\n      {words} ({each})" for each in LANGUAGES)
    return f"- id: {id}\n  kind: statement\n  at: {at}\n  channels: {on}\n  text:\n{texts}\n"


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
