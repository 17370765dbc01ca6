"""Posting to an address that somebody else chose, without being led into the network this server stands in.

Only https, only public addresses; the name is resolved once and that very address is connected to, so that a second
answer of the name server changes nothing; no redirect is followed.
"""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

TIMEOUT = 10  # seconds


class ForbiddenAddressError(ValueError):
    """Not an address of the public internet over https."""


def post(url: str, headers: dict[str, str], body: bytes, *, allow_loopback: bool = False) -> int:
    """The status of the answer. Raises ForbiddenAddressError, OSError or http.client.HTTPException.

    allow_loopback: for tests, which have their endpoint on this machine, without TLS.
    """
    parts = checked(url, allow_loopback=allow_loopback)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = resolved(host, port, allow_loopback=allow_loopback)
    connection = _Pinned(host, port, address, is_https=parts.scheme == "https")
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path or "/", body=body, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def checked(url: str, *, allow_loopback: bool = False) -> SplitResult:
    """The parts of an address that may be posted to. Looks nothing up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenAddressError("no address") from error
    is_ours = allow_loopback and parts.hostname == "127.0.0.1"
    if not parts.hostname or parts.username is not None or not url.isascii() or not url.isprintable():
        raise ForbiddenAddressError("no address of a host")
    if not is_ours and (parts.scheme != "https" or port not in (None, 443)):
        raise ForbiddenAddressError("not https")
    return parts


def resolved(host: str, port: int, *, allow_loopback: bool = False) -> str:
    """The first address of a host. Raises ForbiddenAddressError when any of them is not public."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        number = ipaddress.ip_address(address.partition("%")[0])
        number = getattr(number, "ipv4_mapped", None) or number
        if not (number.is_global and not number.is_multicast) and not (allow_loopback and number.is_loopback):
            raise ForbiddenAddressError("not a public address")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, and has the certificate be that of the host."""

    def __init__(self, host: str, port: int, address: str, *, is_https: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.is_https = address, is_https

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), TIMEOUT)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host) if self.is_https else plain
