"""HTTP out, safe against what an address that somebody typed may point to.

A feed's address is hostile input: it may name a machine of ours, redirect to one, resolve to one only at the second
look (DNS rebinding), answer without end, slowly without end, or with a few kilobytes that unpack to gigabytes. So:

- a host is resolved once, every address it has is checked, and the connection goes to a checked address, never to the
  name again; TLS still verifies the certificate against the name;
- each redirect goes the same way; only http and https;
- no proxy, cookies or credentials of this machine are used;
- the answer is bounded in bytes, in seconds, and while it is being unpacked.

Private addresses that may be read all the same (an intranet's feed, a test's server) are named as `host:port`.
"""

from __future__ import annotations

import math
import socket
import ssl
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import httpcore
import httpx

from sereno.connectors.addresses import http_fault, inside, is_never_read, is_public, pair, shown
from sereno.connectors.base import Answer, NeedsPerson, TryLater
from sereno.connectors.faults import Fault, fault, in_words

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 30.0
STEP_SECONDS = 10.0
MAX_REDIRECTS = 5
USER_AGENT = "Sereno (feed reader)"


class _Refused(Exception):
    """The host has an address that may not be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _TimeUp(httpcore.ReadTimeout):
    """The whole answer took too long, however promptly its pieces came."""


class _Deadline:
    """The instant at which the answer has to be there; each step gets what is left until then."""

    def __init__(self) -> None:
        self.end = math.inf

    def left(self, step: float | None) -> float | None:
        left = self.end - time.monotonic()
        if left <= 0:
            raise _TimeUp
        return step if left == math.inf else min(left, step or left)

    def is_past(self) -> bool:
        return time.monotonic() >= self.end


class _InTime(httpcore.NetworkStream):
    """A stream that nobody can keep open drop by drop, not in its headers either."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._deadline.left(timeout))
        except httpcore.ReadTimeout:
            raise (_TimeUp if self._deadline.is_past() else httpcore.ReadTimeout) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _InTime(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _CheckedConnections(httpcore.NetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, private: Collection[str], deadline: _Deadline) -> None:
        self._private = private
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        problem: Exception | None = None
        for address in self._addresses(host, port):
            try:
                left = self._deadline.left(timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _InTime(stream, self._deadline)
            except httpcore.ConnectError as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 — httpcore names them
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise _Refused(in_words("a socket of this machine is not read; give a web address"))

    def sleep(self, seconds: float) -> None:
        self._plain.sleep(seconds)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name '{host}' is not known ({error})") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if is_never_read(address):
                raise _Refused(fault("address_never", host=host, address=address))
        if pair(host, port) not in self._private:
            for address in addresses:
                if not is_public(address):
                    raise _Refused(inside(host, port, address))
        return addresses


class _CheckedTransport(httpx.BaseTransport):
    """httpx over a pool of checked connections."""

    def __init__(self, private: Collection[str], deadline: _Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_CheckedConnections(private, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer.stream))

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class SafeHttp:
    """`Http` for connectors. Closes its connections at the end of a `with` block."""

    def __init__(
        self, *, private: Collection[str] = (), max_bytes: int = MAX_BYTES, max_seconds: float = MAX_SECONDS,
        step_seconds: float = STEP_SECONDS,
    ) -> None:  # fmt: skip
        self._private = frozenset(private)
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds
        self._deadline = _Deadline()
        self._client = httpx.Client(
            transport=_CheckedTransport(self._private, self._deadline),
            timeout=step_seconds,
            trust_env=False,
            follow_redirects=False,
            headers={"user-agent": USER_AGENT, "accept-encoding": "gzip, deflate"},
        )

    def __enter__(self) -> SafeHttp:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Raises `TryLater` where the server cannot be reached or is too slow, `NeedsPerson` where the address may not
        be read or its answer is too large."""
        self._deadline.end = time.monotonic() + self._max_seconds
        for _ in range(MAX_REDIRECTS + 1):
            if wrong := http_fault(url, self._private):
                raise NeedsPerson(wrong)
            with _in_plain_words(url, self._max_seconds):
                answer = self._get(url, headers or {})
            target = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            url = urljoin(url, target)
            self._client.cookies.clear()
        raise NeedsPerson(fault("redirects", place=shown(url)))

    def _get(self, url: str, headers: Mapping[str, str]) -> Answer:
        with self._client.stream("GET", url, headers=dict(headers)) as response:
            body = b"".join(self._body(response, url))
            names = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, names, body, url)

    def _body(self, response: httpx.Response, url: str) -> Iterator[bytes]:
        unpack = _Unpacking(response.headers.get("content-encoding", ""), self._max_bytes)
        for chunk in response.iter_raw():
            if self._deadline.is_past():
                raise _TimeUp
            try:
                yield unpack(chunk)
            except OverflowError:
                size = f"{self._max_bytes // 1024:,} KB"
                raise NeedsPerson(fault("too_large", place=shown(url), size=size)) from None


class _Unpacking:
    """Decompresses piece by piece and stops at the limit, so that no piece is ever unpacked beyond it."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._left = limit
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise TryLater(fault("packed", name=name))
        self._packed = None if name in ("", "identity") else zlib.decompressobj(wbits=47)

    def __call__(self, chunk: bytes) -> bytes:
        if self._packed is not None:
            try:
                chunk = self._packed.decompress(chunk, self._left + 1)
            except zlib.error as error:
                raise TryLater(fault("unpacked", detail=str(error))) from error
        self._left -= len(chunk)
        if self._left < 0:
            raise OverflowError
        return chunk


@contextmanager
def _in_plain_words(url: str, seconds: float) -> Iterator[None]:
    try:
        yield
    except _Refused as error:
        raise NeedsPerson(error.fault) from error
    except _TimeUp:
        raise TryLater(fault("too_slow", place=shown(url), seconds=f"{seconds:.0f}")) from None
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise TryLater(fault("no_answer", place=shown(url))) from error
    except (httpcore.ProtocolError, httpx.ProtocolError, httpx.InvalidURL, httpcore.UnsupportedProtocol) as error:
        raise TryLater(fault("no_http", place=shown(url), detail=str(error))) from error
    except (httpcore.NetworkError, httpx.TransportError) as error:
        raise TryLater(fault("unreachable", place=shown(url), detail=str(error))) from error
