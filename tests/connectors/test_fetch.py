"""Safe fetching, against real servers of this machine."""

# ruff: noqa: SIM117 — the server stands before the client is made

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sereno.connectors.addresses import address_fault, is_public, shown
from sereno.connectors.base import NeedsPerson, TryLater
from sereno.connectors.fetch import SafeHttp

Answering = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answering) -> Iterator[str]:
    """A server on loopback; gives its `host:port`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(body: bytes, **headers: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirects(to: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("location", to)
        handler.send_header("content-length", "0")
        handler.end_headers()

    return answer


def test_an_allowed_address_is_read() -> None:
    with serving(says(b"hello", etag='"1"')) as place, SafeHttp(private={place}) as http:
        answer = http.get(f"http://{place}/feed")

    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')


def test_a_private_address_is_refused_with_the_way_out() -> None:
    with serving(says(b"secret")) as place, SafeHttp() as http:
        with pytest.raises(NeedsPerson, match=f"private network.*add {place} to SERENO_FETCH_PRIVATE"):
            http.get(f"http://{place}/feed")


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_private_address_in_disguise_is_refused(host: str) -> None:
    with serving(says(b"secret")) as place, SafeHttp() as http:
        with pytest.raises((NeedsPerson, TryLater)) as refused:
            http.get(f"http://{host}:{place.split(':')[1]}/feed")

    assert "secret" not in str(refused.value)
    if isinstance(refused.value, TryLater):
        assert "cannot be reached" in str(refused.value)


def test_a_redirect_to_a_private_address_is_refused() -> None:
    with serving(says(b"secret")) as inside, serving(redirects(f"http://{inside}/")) as outside:
        with SafeHttp(private={outside}) as http, pytest.raises(NeedsPerson, match="private network"):
            http.get(f"http://{outside}/feed")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/"])
def test_a_redirect_to_something_else_than_the_web_is_refused(target: str) -> None:
    with serving(redirects(target)) as place, SafeHttp(private={place}) as http:
        with pytest.raises(NeedsPerson, match="is no web address"):
            http.get(f"http://{place}/feed")


def test_redirects_without_end_are_given_up() -> None:
    with serving(redirects("/again")) as place, SafeHttp(private={place}) as http:
        with pytest.raises(NeedsPerson, match="redirects without end"):
            http.get(f"http://{place}/feed")


def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first look gives a public address, every later one a private one."""
    looks: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *args: Any, **more: Any) -> Any:
        if host == "rebind.example":
            looks.append(host)
            address = "192.0.2.1" if len(looks) > 1 else "8.8.8.8"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
        return real(host, port, *args, **more)

    reached: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        reached.append(address)
        raise OSError("no internet in tests")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    with SafeHttp() as http, pytest.raises(TryLater):
        http.get("http://rebind.example/feed")

    assert looks == ["rebind.example"]
    assert reached == [("8.8.8.8", 80)]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("8.8.8.8", "10.0.0.5")]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with SafeHttp() as http, pytest.raises(NeedsPerson, match=r"10\.0\.0\.5"):
        http.get("http://two.example/feed")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("fec0::1", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("ff02::1", False),
        ("not an address", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_huge_answer_is_cut_off() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100_000):
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    with serving(endless) as place, SafeHttp(private={place}, max_bytes=1_000_000) as http:
        with pytest.raises(NeedsPerson, match="no feed is that large"):
            http.get(f"http://{place}/feed")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(pack: Callable[[bytes], bytes]) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    with serving(says(pack(b"hello" * 100), content_encoding=name)) as place, SafeHttp(private={place}) as http:
        assert http.get(f"http://{place}/").body == b"hello" * 100
    bomb = pack(b"\0" * 200_000_000)
    assert len(bomb) < 300_000
    with serving(says(bomb, content_encoding=name)) as place, SafeHttp(private={place}, max_bytes=1_000_000) as http:
        with pytest.raises(NeedsPerson, match="no feed is that large"):
            http.get(f"http://{place}/")


def test_a_damaged_packed_answer_is_tried_again() -> None:
    with serving(says(b"no gzip at all", content_encoding="gzip")) as place, SafeHttp(private={place}) as http:
        with pytest.raises(TryLater, match="cannot be unpacked"):
            http.get(f"http://{place}/")


def test_an_answer_drop_by_drop_ends_in_time() -> None:
    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    begun = time.monotonic()
    with serving(dripping) as place, SafeHttp(private={place}, max_seconds=0.3) as http:
        with pytest.raises(TryLater, match="took more than"):
            http.get(f"http://{place}/")
    assert time.monotonic() - begun < 3


def test_headers_drop_by_drop_end_in_time() -> None:
    def drips(server: socket.socket) -> None:
        connection, _ = server.accept()
        try:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for number in range(100):
                connection.sendall(b"x-%d: y\r\n" % number)
                time.sleep(0.05)
        except OSError:
            pass
        finally:
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drips, args=(server,), daemon=True)
        thread.start()
        place = f"127.0.0.1:{server.getsockname()[1]}"
        begun = time.monotonic()
        with SafeHttp(private={place}, max_seconds=0.4) as http, pytest.raises(TryLater, match="took more than"):
            http.get(f"http://{place}/")
        assert time.monotonic() - begun < 2
        thread.join(10)


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        place = f"127.0.0.1:{deaf.getsockname()[1]}"
        with (
            SafeHttp(private={place}, step_seconds=0.2) as http,
            pytest.raises(TryLater, match="does not answer in time"),
        ):
            http.get(f"http://{place}/")


def test_a_dead_server_is_told_without_credentials_and_query() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        place = f"127.0.0.1:{gone.getsockname()[1]}"
    with SafeHttp(private={place}) as http, pytest.raises(TryLater, match="cannot be reached") as error:
        http.get(f"http://ana:hush@{place}/feed?token=hush")

    assert "hush" not in str(error.value)


@pytest.mark.parametrize("url", ["", "feed", "http://", "http://[::1", "http://x:99999999/", "ssh://x", "http://x:0/"])
def test_an_address_that_is_none_is_told_so(url: str) -> None:
    with SafeHttp() as http, pytest.raises(NeedsPerson, match="write it as https://"):
        http.get(url)


def test_what_is_shown_of_an_address() -> None:
    assert shown("https://u:p@a.example:8443/feed?x=1#y") == "https://a.example:8443/feed"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://blog.example/feed", None),
        ("http://blog.example:8080/feed", None),
        ("https://[2606:4700::1111]/feed", None),
        ("ftp://blog.example/feed", "address_scheme"),
        ("https://blog.example:22/feed", "address_port"),
        ("http://127.0.0.1/feed", "address_private"),
        ("http://127.1/feed", "address_private"),
        ("http://0x7f000001/feed", "address_private"),
        ("http://localhost/feed", "address_private"),
        ("http://localhost./feed", "address_private"),
        ("http://nas.local/feed", "address_private"),
        ("http://[::1]:8399/feed", "address_private"),
        ("http://10.0.0.8/feed", "address_private"),
        ("http://169.254.169.254/latest", "address_never"),
        ("http://[::ffff:169.254.169.254]/latest", "address_never"),
        ("http://[fe80::1]/feed", "address_never"),
        ("http://blog.example:port/feed", "address_unreadable"),
    ],
)
def test_an_address_is_judged_before_anybody_asks_the_network(url: str, code: str | None) -> None:
    found = address_fault(url)

    assert (found.code if found else None) == code


def test_the_way_out_can_be_copied_and_metadata_have_none() -> None:
    assert "add [::1]:8399 to SERENO_FETCH_PRIVATE" in str(address_fault("http://[::1]:8399/feed"))
    assert address_fault("http://[::1]:8399/feed", {"[::1]:8399"}) is None
    assert "SERENO_FETCH_PRIVATE" not in str(address_fault("http://169.254.169.254/"))


def test_no_list_allows_metadata() -> None:
    with SafeHttp(private={"169.254.169.254:80"}) as http, pytest.raises(NeedsPerson, match="never read"):
        http.get("http://169.254.169.254/latest/meta-data")
