"""How refusals stand in the log. Imported while Django sets its logging up, so it may know no models."""

from __future__ import annotations

import logging

from django.core.exceptions import PermissionDenied


class RefusalsInOneLine(logging.Filter):
    """Somebody without the role is nobody's mistake: the log says who may not what, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, PermissionDenied):
            record.msg, record.args = f"{record.getMessage()} ({error})", None
            record.exc_info, record.exc_text = None, None
        return True
