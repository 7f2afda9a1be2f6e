"""Where a calendar may be: somewhere on the internet, and nowhere in this network."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from bot.core.errors import CalendarRefused, CalendarUnavailable

_TRANSLATED: Final = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
"""IPv6 addresses that stand for IPv4 ones: NAT64, 6to4, Teredo, and those of old."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses that a name has now. Raises CalendarUnavailable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CalendarUnavailable("name") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, slots=True)
class Places:
    """Decides which addresses are asked; `loopback`: this machine's own ones, too."""

    loopback: bool = False
    resolve: Callable[[str, int], Sequence[str]] = resolve

    def of(self, host: str, port: int) -> list[str]:
        """The addresses of a name, each of which may be asked.

        Whoever connects takes one of these and looks the name up no second time. Raises
        CalendarRefused if one of them may not be asked, and CalendarUnavailable.
        """
        found = list(self.resolve(host, port))
        if not found:
            raise CalendarUnavailable("name")
        if not all(map(self.may_be_asked, found)):
            raise CalendarRefused("private")
        return found

    def may_be_asked(self, address: str) -> bool:
        """Whether an address belongs to the internet."""
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        if ip.is_loopback:
            return self.loopback
        if ip.is_multicast or ip.is_reserved or not ip.is_global:
            return False
        return isinstance(ip, IPv4Address) or not _stands_for_another(ip)


def _stands_for_another(ip: IPv6Address) -> bool:
    return ip.ipv4_mapped is not None or any(ip in network for network in _TRANSLATED)
