"""What Apprise knows beside the allow-list, and why amplify does not publish there: each of its words has a reason.

A word that is in neither list comes from a newer Apprise; it is refused as well. Most of these serve notices all the same.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NOTICES = "It can carry notices to coordinators: put it into AMPLIFY_NOTICES"
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "own": "amplify speaks to it itself, and another way would post to one account twice: write `network: {own}`",
        "person": f"it writes to persons, and amplify publishes only where people come by themselves. {_NOTICES}",
        "device": f"it shows a message on somebody's own machine or telephone. {_NOTICES}",
        "alarm": f"it raises an alarm or opens a ticket for whoever is on duty. {_NOTICES}",
        "pipe": "it hands a message on to a program, and nobody can say who reads it there",
        "account": "whether readers are told there that the account posts by itself cannot be seen from here, and without "
        "that amplify publishes nowhere",
        "unsure": "its answer does not prove that a post stands there, or that it stands there once",
        "room": "it may be a room with readers, but amplify has never been tried there",
    }
)
_OWN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("mastodon", "mastodons", "toot", "toots"), "mastodon"),
        **dict.fromkeys(("bsky", "bluesky"), "bluesky"),
        "tgram": "telegram",
    }
)
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "person": (
            "46elks atalk aprs azure brevo bulksms bulkvs burstsms clickatell clicksend cm d7sms dapnet deltachat "
            "deltachats elks eight00com evolution evolutions exotel freemobile groundmail gupshup httpsms infobip kakao "
            "kakaotalk kaleyra kavenegar klr kudosity kumulos lauther line mailersend mailgun mailto mailtos "
            "mobilemessage mobilemsg msg91 msgbird nexmo notifyre o365 octopush onebot onebots pingram plivo postmark qq "
            "resend ringc sendgrid sendpulse serwersms ses seven sfr signal signals sinch smpp smpps smsc smseagle "
            "smseagles smsmanager smsmgr smstunnel smtp2go sns sparkpost telesign telnyx threema twilio viber voipms "
            "vonage wechat wecom whapi whatsapp wxpusher xmpp xmpps zalo"
        ),
        "device": (
            "bark barks blink1 chanify dbus dot emby embys enigma2 enigma2s fcm gio glib gnome gorush gorushs gotify "
            "gotifys growl hassio hassios jellyfin jellyfins join kde kodi kodis lametric lametrics lfg macosx ncloud "
            "nclouds notica noticas notifiarr ntfy ntfys onesignal parsep parseps pbul pinglet pinglets pjet pjets pover "
            "prowl psafer psafers push pushdeer pushdeers pushed pushme pushplus pushward pushy qt schan signalgrid simplepush "
            "spugpush spush strmlabs trigv trigvs vapid windows wpush xbmc xbmcs youlmk"
        ),
        "alarm": (
            "betterstack firehydrant flowtriq flowtriqs github goalert goalerts ilert incidentio jira opsgenie pagerduty "
            "pagertree signl4 spike splunk squadcast victorops xmatters"
        ),
        "pipe": (
            "amqp amqps apprise apprises form forms ifttt json jsons mqtt mqtts rsyslog syslog xml xmls notifico notificos"
        ),
        "account": (
            "irc ircs misskey misskeys nctalk nctalks nostr reddit session sessions sogs tweet twitter x humhub humhubs"
        ),
        "unsure": "workflow workflows",
        "room": (
            "cliq dingtalk feishu flock fluxer fluxers groupme guilded kook lark revolt ryver stackfield synology "
            "synologys twist wecombot zcliq zohocliq zoom"
        ),
    }
)
#: Every word of Apprise's that is refused, and the kind of reason.
REFUSED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_OWN, "own"),
        **{word: kind for kind, words in _WORDS.items() for word in words.split()},
    }
)


def why_not(schema: str) -> str:
    """The reason in a sentence, for a word that is not on the allow-list."""
    kind = REFUSED.get(schema, "room")
    return _SAID[kind].format(own=_OWN.get(schema, ""))
