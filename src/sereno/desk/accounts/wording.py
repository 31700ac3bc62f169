"""Words of Django and allauth that would break our tone (genderless Polish, Spanish with *usted*).

Our catalogue goes before theirs: a message that stands here is said in our words wherever they say it.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

OURS = (
    gettext_noop("Hello, %(name)s."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Password Reset"),
    gettext_noop("Forgot your password?"),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
)
