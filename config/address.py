"""Where a server listens: `ADDR:PORT` as people type it."""

import socket
from dataclasses import dataclass

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  said by the person who starts the server, never by default


class AddressError(ValueError):
    """What was typed is no address; the message is a sentence."""


@dataclass(frozen=True)
class Address:
    """`host` is a name or an address, IPv6 without its brackets; `str()` puts them back."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read `127.0.0.1:8000`, `[::1]:8000` or `8000`. Raises AddressError."""
        host, _, port = text.rpartition(":")
        is_bracketed = host.startswith("[") and host.endswith("]")
        if not port.isdecimal() or int(port) > 65535 or (":" in host and not is_bracketed):
            raise AddressError(f"{text!r} is no address and port. Write it like 127.0.0.1:8000.")
        return cls(host.strip("[]") or "127.0.0.1", int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def family(self) -> socket.AddressFamily:
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def next(self) -> "Address":
        return Address(self.host, self.port + 1)

    @property
    def names(self) -> list[str]:
        """By what people reach it: the address itself, or for every address the one in the home network."""
        host = address_in_the_network() if self.host in EVERYWHERE else self.host
        return [f"[{host}]" if ":" in host else host]


def own_address(address: Address) -> str:
    """Host and port for a browser's address line."""
    return f"{address.names[0]}:{address.port}"


def address_in_the_network() -> str:
    """This machine's IPv4 address in its own network. Nothing is sent: connecting a UDP socket only picks a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
