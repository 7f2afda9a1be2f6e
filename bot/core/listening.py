"""Sockets to listen on."""

import socket

from bot.core.errors import PortTaken

BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; port 0 takes a free one. Raises PortTaken."""
    try:
        # getaddrinfo names the protocol, without which asyncio leaves Nagle's algorithm on for
        # every connection: each answer would wait 40 ms for an acknowledgement
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise PortTaken(f"({error.strerror}: {host}:{port})") from None
    return listening
