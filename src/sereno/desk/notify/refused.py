"""Why something cannot be done to a way of reaching somebody. Codes; the pages say them in the person's language.

No sentence quotes what was typed: an address may hold a token.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CODES: dict[str, str] = {
    "no-address": gettext_noop("this is no e-mail address; write it as ana@brand.example"),
    "unreadable": gettext_noop(
        "this address of a message service cannot be read; it begins with the service, as in ntfys://ntfy.example/topic"
    ),
    "service": gettext_noop(
        "Sereno does not send through this service. Chat, SMS and push services are offered, and web hooks of your own"
    ),
    "own-mail": gettext_noop("e-mail is not given as a service: add the e-mail address itself"),
    "plain": gettext_noop(
        "this address is not encrypted; use the service's secure form, such as ntfys:// instead of ntfy://, or have "
        "whoever runs Sereno add the gateway to SERENO_MESSAGES_PRIVATE"
    ),
    "inside": gettext_noop(
        "this address lies inside a private network. If it is your own gateway, whoever runs Sereno can add it to "
        "SERENO_MESSAGES_PRIVATE"
    ),
    "option": gettext_noop(
        "this address carries an option that Sereno does not allow, such as a local file, an attachment, a redirect "
        "or an unchecked certificate; leave it out"
    ),
    "too-long": gettext_noop("this address is longer than 2,000 characters"),
    "known": gettext_noop("you have this way already"),
    "too-many": gettext_noop("you have ten ways already; remove one first"),
    "wrong-code": gettext_noop("this is not the code that was sent; look again, or have a new one sent"),
    "code-over": gettext_noop("this code is no longer valid; have a new one sent"),
    "too-many-codes": gettext_noop("five codes were sent within an hour; try again later"),
    "demo": gettext_noop("this desk shows a demo brand alone, and nothing of it leaves the desk, not even a code"),
    "own-stays": gettext_noop("the address of your account stays, so that you can always be reached"),
    "not-yours": gettext_noop("this way belongs to somebody else"),
    "quiet-hours": gettext_noop("quiet hours begin and end at different times, such as 22:00 and 07:00"),
    "zone": gettext_noop("no such time zone; choose one such as Europe/Madrid"),
    "digest": gettext_noop("gather for 5 to 240 minutes"),
}


class WayRefused(ValueError):
    """It cannot be done as asked; `code` names why (`CODES`)."""

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code

    def told(self) -> str:
        """In the reader's language."""
        return _(CODES[self.code])
