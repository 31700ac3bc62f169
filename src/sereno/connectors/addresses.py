"""What can be said of an address before anybody asks the network: is it of the web, and is it public.

Which private ones may be read all the same is `private`: `host:port`, as in SERENO_FETCH_PRIVATE.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from sereno.connectors.faults import Fault, fault

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_METADATA = frozenset({"169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def shown(url: str) -> str:
    """The address without credentials and query, as it may stand in a message."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


def pair(host: str, port: int) -> str:
    """As it stands in SERENO_FETCH_PRIVATE: `intranet:8080`, `[::1]:8080`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_never_read(text: str) -> bool:
    """Whether this IP address hands out a machine's own secrets (the clouds' metadata): no list allows it."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(address) or address
    return str(inner) in _METADATA or inner.is_link_local


def inside(host: str, port: int, address: str) -> Fault:
    """It stands in a private network."""
    return fault("address_private", host=pair(host, port), address=address, place=pair(host, port))


def address_fault(url: str, private: Collection[str] = ()) -> Fault | None:
    """What can be said against an address before anybody asks the network; None where nothing can.

    A name that only turns out to be private when it is looked up is refused when it is read.
    """
    if wrong := http_fault(url, private):
        return wrong
    parts = urlsplit(url)
    host, port = str(parts.hostname).rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)
    address = _literal(host)
    if address is not None and is_never_read(address):
        return fault("address_never", host=pair(host, port), address=address)
    if pair(host, port) in private:
        return None
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return inside(host, port, "127.0.0.1" if host.endswith("localhost") else host)
    return inside(host, port, address) if address is not None and not is_public(address) else None


def http_fault(url: str, private: Collection[str]) -> Fault | None:
    """What keeps an address from being one of the web."""
    try:
        parts = urlsplit(url)
        port_is_readable = parts.port is None or parts.port > 0
    except ValueError:
        return fault("address_unreadable")
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_readable:
        return fault("address_scheme", scheme=parts.scheme or url[:60])
    if (
        parts.port is not None
        and parts.port not in (80, 443)
        and parts.port < 1024
        and pair(parts.hostname, parts.port) not in private
    ):
        # below 1024 stand mail, remote shells and name servers, and no feed
        return fault("address_port", port=parts.port)
    return None


def _literal(host: str) -> str | None:
    """The IP address that a host is written as, in any of the ways that systems read one (`127.1`, `0x7f000001`)."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def is_public(text: str) -> bool:
    """Whether this IP address is one of the public internet, whatever it is wrapped in."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if text in _METADATA:
        return False
    inner = _wrapped(address)
    if inner is not None:
        return is_public(str(inner))
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not address.is_reserved and not site_local


def _wrapped(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries to its gateway."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
