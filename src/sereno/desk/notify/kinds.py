"""What a message goes by, in words for anybody: never an address, a host or a token."""

from __future__ import annotations

from django.utils.translation import gettext as _

NAMES: dict[str, str] = {
    "ntfy": "ntfy", "gotify": "Gotify", "mmost": "Mattermost", "rocket": "Rocket.Chat", "matrix": "Matrix",
    "nctalk": "Nextcloud Talk", "signal": "Signal", "bark": "Bark", "goalert": "GoAlert", "hassio": "Home Assistant",
    "synology": "Synology Chat", "smseagle": "SMSEagle", "discord": "Discord", "slack": "Slack",
    "gchat": "Google Chat", "wxteams": "Webex", "webex": "Webex", "tgram": "Telegram", "zulip": "Zulip",
    "pover": "Pushover", "pbul": "Pushbullet", "whatsapp": "WhatsApp", "viber": "Viber", "threema": "Threema",
    "twilio": "Twilio", "vonage": "Vonage", "pagerduty": "PagerDuty", "opsgenie": "Opsgenie", "line": "LINE",
}  # fmt: skip
"""By the scheme of an address: names of their own, alike in every language."""
HOOKS = frozenset({"json", "xml", "form"})


def kind_in_words(channel: str) -> str:
    """Of a channel as `Delivery` keeps it: `json://10.0.0.7:80` is a web hook."""
    if channel == "mail":
        return _("E-mail")
    scheme = channel.partition("://")[0]
    for name in (scheme, scheme.removesuffix("s")):  # with and without TLS
        if name in HOOKS:
            return _("Web hook")
        if name in NAMES:
            return NAMES[name]
    return _("Message service")
