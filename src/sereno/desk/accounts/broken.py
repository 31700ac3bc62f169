"""What is said when something broke: that it did; and where the disk is full, that this is why and what is safe.

Neither page asks the database or the session, and both speak all three languages: who asks may not be known any more.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

RETRY_SECONDS = 60
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_POSTGRES_DISK_FULL = "53100"


def broken(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called where the exception is being handled."""
    full = disk_is_full(sys.exc_info()[1])
    if request.path.startswith("/hooks/"):
        said = "the disk here is full" if full else "something broke here"
        response: HttpResponse = JsonResponse(
            {"error": f"{said}: nothing of this delivery was stored; deliver it again later"},
            status=503 if full else 500,
        )
    elif full:
        response = HttpResponse(render_to_string("full.html"), status=503)
    else:
        response = HttpResponse(render_to_string("500.html"), status=500)
    if full:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["X-Sereno-Refused"] = "full"  # a page's script tells it from any other fault
    return response


def disk_is_full(error: BaseException | None) -> bool:
    """Whether this, or what led to it, is a disk without room: of ours, of SQLite's or of PostgreSQL's."""
    return any(
        (isinstance(each, OSError) and each.errno in _NO_ROOM)
        or getattr(each, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"))
        or getattr(each, "sqlstate", None) == _POSTGRES_DISK_FULL
        for each in _led_to(error)
    )


def _led_to(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
