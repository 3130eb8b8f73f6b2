"""A small campaign that is right, for tests that break it and have all of `amplify check` look at it."""

CAMPAIGN = """\
name: Lantern Night
edition: "2027"
timezone: Europe/Vienna
day: 2027-05-21
languages: [en, be]
hashtags: {core: [LanternNight, LightALamp]}
links:
  petition:
    url: "https://lantern.example/petition_2027"
    label: {en: Sign the petition, be: Падпісаць}
coordinators: {editor: {}, reviewer: {}}
"""
CHANNELS = """\
mastodon-en: {network: mastodon, language: en, server: "https://town.example", token: "${TOKEN_EN}"}
mastodon-be: {network: mastodon, language: be, server: "https://town.example", token: "${TOKEN_BE}"}
telegram-en: {network: telegram, language: en, chat: "@lantern_en", token: "${TOKEN_TG}"}
"""
FIGURES = """\
lamps:
  label: {en: Lamps lit, be: Запалена лямпаў}
  value: 1496
  as_of: 2027-05-01
  source: {name: Lamp & Wick}
"""
#: A post without its text.
POST = """\
- id: evening
  kind: quote
  at: D 19:00
  channels: [mastodon-en]
"""
#: What stands before the first word of the text.
TEXT = POST + "  text:\n    en: |\n      "
FILES = {
    "config/campaign.yaml": CAMPAIGN,
    "config/channels.yaml": CHANNELS,
    "config/figures.yaml": FIGURES,
    "posts/day.yaml": TEXT + "Come with a lamp.\n",
}
SECRETS = {"TOKEN_EN": "one", "TOKEN_BE": "two", "TOKEN_TG": "three"}
