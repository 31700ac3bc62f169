"""Why a message did not go out, in the reader's language. The codes come from `outbound.py`, `messengers.py` and
`settling.py`; none of them quotes an address."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

FAULTS: dict[str, str] = {
    "certificate": gettext_noop(
        "the server's certificate is not trusted; whoever runs Sereno mends it, or names it in SERENO_SMTP_CA"
    ),
    "tls": gettext_noop("no encrypted connection came about; the port or the kind of TLS may be wrong"),
    "no_tls": gettext_noop("the mail server offers no STARTTLS, and nothing is sent unencrypted"),
    "no_sign_in": gettext_noop("the mail server offers no sign-in on this connection"),
    "sign_in": gettext_noop("the mail server refused the user or the password"),
    "recipient": gettext_noop("the mail server refused the address"),
    "status": gettext_noop("the server answered with an error"),
    "refused": gettext_noop("the server did not take it"),
    "too_slow": gettext_noop("the server took too long"),
    "unreachable": gettext_noop("the server cannot be reached"),
    "inside": gettext_noop("the address leads into a private network"),
    "unreadable": gettext_noop("the address of this way cannot be read any more; it has to be added again"),
    "ended": gettext_noop("sending was cut off"),
    "not_begun": gettext_noop("sending was cut off"),
    "never_known": gettext_noop("sending was cut off"),
    "no_way": gettext_noop("there is no way that works"),
    "gone": gettext_noop("the person is no longer in the team"),
    "bell_alone": gettext_noop("told in the product alone"),
}


def in_words(error: str) -> str:
    """`sign_in 535` as a sentence's end, with the number where there is one."""
    code, _space, number = error.partition(" ")
    said = _(FAULTS[code]) if code in FAULTS else _("it failed")
    return f"{said} ({number})" if number and code in FAULTS else said
