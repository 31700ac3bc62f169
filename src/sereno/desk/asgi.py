"""The ASGI application: pages and server-sent events."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from sereno.desk.intake.oversized import refuse_oversized

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sereno.desk.settings")
application = refuse_oversized(get_asgi_application(), lambda: settings.WEBHOOK_MAX_BYTES)
