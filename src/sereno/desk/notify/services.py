"""Which message services may be used, and to where their addresses may lead.

Apprise speaks to everything, also to this machine's own desktop, its log and its files. So:

- only the services listed here: chat, SMS, push, on-call desks, and web hooks;
- a host that the person names is reached over TLS, at a public address; plain or private ones only where the pair
  `host:port` stands in SERENO_MESSAGES_PRIVATE (a gateway of one's own);
- no option that reads a file, attaches one, follows redirects or leaves a certificate unchecked;
- where a name leads is checked again when it is connected to (`outbound.py`): a name may change its mind.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sereno.connectors.addresses import address_fault, pair
from sereno.desk.notify.refused import WayRefused

HOSTED = frozenset(
    {
        "discord", "slack", "gchat", "wxteams", "webex", "flock", "tgram", "twist", "zulip", "groupme", "zoom",
        "line", "lark", "feishu", "dingtalk", "kook", "cliq", "zcliq", "zohocliq", "revolt", "wecombot", "zalo",
        "pover", "pbul", "prowl", "join", "push", "pushy", "ifttt", "spush", "simplepush", "wxpusher", "schan",
        "pushed", "pushplus", "pushme", "pushdeers", "onesignal", "chanify", "notifiarr", "twilio", "vonage",
        "nexmo", "plivo", "sinch", "msgbird", "clicksend", "clickatell", "bulksms", "d7sms", "46elks", "elks",
        "kavenegar", "octopush", "seven", "telnyx", "threema", "whatsapp", "viber", "sns", "atalk", "bulkvs",
        "burstsms", "kudosity", "voipms", "freemobile", "smsmanager", "smsmgr", "serwersms", "httpsms", "telesign",
        "smsc", "kaleyra", "klr", "exotel", "gupshup", "mobilemessage", "mobilemsg", "notifyre", "smstunnel", "cm",
        "pagerduty", "opsgenie", "splunk", "victorops", "pagertree", "signl4", "spike", "ilert", "squadcast",
        "betterstack", "lfg", "incidentio", "firehydrant",
    }
)  # fmt: skip
"""Apprise knows where they stand, and speaks TLS with them. What stands in place of a host is a token."""

NAMED: dict[str, tuple[bool, int]] = {
    scheme: (secure, 443 if secure else 80)
    for plain, with_tls in (
        ("json", "jsons"),
        ("xml", "xmls"),
        ("form", "forms"),
        ("ntfy", "ntfys"),
        ("gotify", "gotifys"),
        ("mmost", "mmosts"),
        ("rocket", "rockets"),
        ("matrix", "matrixs"),
        ("nctalk", "nctalks"),
        ("signal", "signals"),
        ("bark", "barks"),
        ("goalert", "goalerts"),
        ("hassio", "hassios"),
        ("synology", "synologys"),
        ("smseagle", "smseagles"),
    )
    for scheme, secure in ((plain, False), (with_tls, True))
}
"""The person names the host; each has a plain and a TLS form, with its usual port."""

USUAL_PORTS = {"hassio": 8123, "hassios": 8123}

HARMLESS_OPTIONS = frozenset(
    {
        "priority", "click", "tags", "tag", "sound", "device", "url_title", "icon", "avatar_url", "avatar",
        "thread", "channel", "to", "from", "method", "auth", "ttl", "region", "footer", "name", "format",
        "overflow", "batch", "silent", "preview", "mdv", "topic", "service", "retain", "source", "sender", "group",
        "level", "volume", "include_icon", "image", "title", "expire", "unicode", "status", "bot", "token", "user",
        "email", "webhook", "hook", "payload", "type", "message_type", "secret", "verify", "target", "targets",
        "key", "keywords", "cc", "region_name", "footer_logo", "fields", "color", "colour", "alert", "email_to",
        "lang",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Service:
    """What may be told of an address."""

    name: str
    """`Telegram`."""
    host: str
    """Where the person named one; else empty: what looks like it is a token."""
    channel: str
    """What all ways through it share."""


def service_of(url: str, private: Collection[str]) -> Service:
    """Raises `WayRefused` where messages may not be sent there."""
    if len(url) > 2000:
        raise WayRefused("too-long")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise WayRefused("unreadable")
    scheme = url.partition("://")[0].lower()
    if scheme in ("mailto", "mailtos"):
        raise WayRefused("own-mail")
    _options_are_harmless(url)
    if scheme in ("http", "https"):
        url = _native(url)
        scheme = url.partition("://")[0].lower()
    if "://" not in url:
        raise WayRefused("unreadable")
    if scheme not in HOSTED and scheme not in NAMED:
        raise WayRefused("service")
    name = _known_to_apprise(url)
    if scheme in HOSTED or _is_hosted_ntfy(url, scheme):
        return Service(name, "", "ntfy" if scheme.startswith("ntfy") else scheme)
    secure, _port = NAMED[scheme]
    host, port = _place(url, scheme)
    if pair(host, port) not in private:
        if not secure:
            raise WayRefused("plain")
        if address_fault(f"https://{pair(host, port)}/", ()) is not None:
            raise WayRefused("inside")
    elif address_fault(f"https://{pair(host, port)}/", private) is not None:
        raise WayRefused("inside")  # what hands out a machine's own secrets, no list allows
    return Service(name, pair(host, port), f"{scheme}://{pair(host, port)}"[:120])


def _place(url: str, scheme: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise WayRefused("unreadable") from None
    if not host:
        raise WayRefused("unreadable")
    return host, port or USUAL_PORTS.get(scheme, NAMED[scheme][1])


def _is_hosted_ntfy(url: str, scheme: str) -> bool:
    """`ntfy://topic` is the topic at ntfy.sh, reached over TLS."""
    parts = urlsplit(url)
    return (
        scheme in ("ntfy", "ntfys")
        and not parts.path.strip("/")
        and "@" not in parts.netloc
        and ":" not in parts.netloc
    )


def _native(url: str) -> str:
    """The services' own web-hook addresses (`https://hooks.slack.com/…`) are understood too."""
    plugin = _plugin(url)
    if plugin is None:
        raise WayRefused("service")
    return str(plugin.url())


def _known_to_apprise(url: str) -> str:
    plugin = _plugin(url)
    if plugin is None:
        raise WayRefused("unreadable")
    if not is_harmless(plugin):
        raise WayRefused("option")
    return str(plugin.service_name)[:40]


def _plugin(url: str) -> Any:
    """Apprise's own reading of an address; None where it has none. Nothing is sent, and nothing is logged."""
    apprise = _apprise()
    asset = apprise.AppriseAsset(storage_mode="memory", pgp_autogen=False, pem_autogen=False, plugin_paths=[])
    return apprise.Apprise.instantiate(url, asset=asset)


def is_harmless(plugin: Any) -> bool:
    """What Apprise itself made of the options: no file is read, and the certificate is looked at."""
    return (
        bool(plugin.verify_certificate)
        and not getattr(plugin, "template", None)
        and not getattr(plugin, "attach", None)
    )


@lru_cache(maxsize=1)
def _apprise() -> Any:
    """Loaded when it is first needed: half a second, and few processes need it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its plugins, about modules that Python is going to drop
        import apprise
        from apprise.manager_plugins import NotificationManager

        plugins: Any = NotificationManager
        plugins().load_modules()
    logging.getLogger("apprise").disabled = True  # it quotes addresses
    return apprise


def _options_are_harmless(url: str) -> None:
    # Apprise takes the first `?` as the beginning of the options, wherever a `#` stands
    for name, value in parse_qsl(re.sub("[?#;]", "&", url.partition("?")[2]), keep_blank_values=True):
        plain = name.lower()
        if plain[:1] in "+-:":  # headers, parameters and fields of a web hook
            continue
        if plain not in HARMLESS_OPTIONS:
            raise WayRefused("option")
        if plain == "verify" and value.lower() not in ("yes", "true", "1", "on", ""):
            raise WayRefused("option")
