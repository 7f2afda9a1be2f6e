"""Whoever opens links: a door for browsers over real HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette

from bot.browser import links
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.encryption import Keyring, new_key
from bot.core.unit_of_work import House
from bot.settings import Settings
from bot.slack.http import HttpServer
from tests.support.ports import free_port


def ring(*keys: str) -> Keyring:
    """The keys as they stand in the settings; a new one if there are none."""
    given = ",".join(keys) or new_key()
    return Keyring(Settings(_env_file=None, baton_encryption_keys=given).encryption_keys)


@contextmanager
def door(bot: Bot) -> Iterator[str]:
    """Opens a bot's door for browsers and gives its address, which is also the bot's own."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    bot.house = House(bot.house.keyring or ring(), address, bot.house.pagers)
    server = HttpServer(Starlette(routes=links.routes(bot)), "127.0.0.1", port)
    server.start()
    try:
        yield address
    finally:
        server.stop(monotonic() + 5)
