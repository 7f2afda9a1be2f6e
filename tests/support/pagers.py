"""Pagers that only note what they are given."""

from collections.abc import Callable

from bot import pagers
from bot.core.bot import Bot
from bot.core.errors import PagerRefused
from bot.core.ports import Notice

KINDS = {"email": "email", "sms": "phone", "voice": "phone"}


class NotingPager:
    """Takes every notice, unless it `refuses`; `calls` are what it was given, in order."""

    def __init__(self, name: str) -> None:
        self.name, self.address_kind = name, KINDS.get(name, "")
        self.calls: list[tuple[Notice, str]] = []
        self.refuses = False

    def call(self, notice: Notice, address: str) -> None:
        """Notes it. Raises PagerRefused."""
        if self.refuses:
            raise PagerRefused("(550)")
        self.calls.append((notice, address))


def set_up(*given: NotingPager) -> Callable[[Bot], None]:
    """Sets pagers up, for `register` of a town."""

    def register(bot: Bot) -> None:
        for pager in given:
            pagers.add(bot, pager)

    return register
