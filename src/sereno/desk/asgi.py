"""The ASGI application: pages and server-sent events."""

import os
import warnings
from typing import cast

from django.conf import settings
from django.core.asgi import get_asgi_application

from sereno.desk.intake.oversized import App, refuse_oversized

# static files are small and come from memory maps; Django's advice to stream them asynchronously does not apply
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sereno.desk.settings")
application = refuse_oversized(cast(App, get_asgi_application()), lambda: settings.WEBHOOK_MAX_BYTES)
