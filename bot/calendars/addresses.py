"""Where a calendar may be: somewhere on the internet, and nowhere in this network."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from bot.core.errors import CalendarRefused, CalendarUnavailable

_GIVEN_OUT: Final = ip_network("2000::/3")
"""All IPv6 addresses of the internet; not those of NAT64, nor those that hold an IPv4 address."""
_TUNNELS: Final = tuple(map(ip_network, ("2001::/32", "2002::/16")))
"""Those that stand for IPv4 addresses nevertheless: Teredo and 6to4."""


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
        is_tunnel = any(ip in network for network in _TUNNELS)
        return isinstance(ip, IPv4Address) or (ip in _GIVEN_OUT and not is_tunnel)
