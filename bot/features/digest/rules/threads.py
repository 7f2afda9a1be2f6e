"""Which conversations are worth a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.prose import only_greets

THREADS_PER_CHANNEL: Final = 5


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with something new: its first new message, and how many new replies."""

    first: StoredMessage
    reply_count: int


def is_to(user_id: str, text: str) -> bool:
    """Whether a text begins with a mention of somebody: what is said to Baton is no news."""
    return re.match(rf"\s*<@{re.escape(user_id)}(?:\||>)", text) is not None


def threads_worth_a_line(messages: Iterable[StoredMessage], reader_id: str) -> list[Thread]:
    """The new threads, by age.

    Left out are those in which only the reader spoke or nobody said more than hello.
    """
    threads: dict[str, list[StoredMessage]] = {}
    for message in messages:
        threads.setdefault(message.thread_root, []).append(message)
    return [
        Thread(said[0], reply_count=sum(message.is_reply for message in said))
        for said in threads.values()
        if any(message.user_id != reader_id for message in said)
        and not all(only_greets(message.text) for message in said)
    ]


def busiest(threads: Iterable[Thread]) -> list[Thread]:
    """The few with the most replies, then the newest; by age."""
    by_worth = sorted(threads, key=lambda thread: (thread.reply_count, thread.first.at))
    return sorted(by_worth[-THREADS_PER_CHANNEL:], key=lambda thread: thread.first.at)
