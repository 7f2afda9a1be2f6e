"""Conversations with something new, and which of them are worth a line."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.prose import only_greets
from bot.core.render import mentions_in

MOST_READ: Final = 2_000
"""So many of a channel's messages are read for a digest: the newest."""
SOON: Final = timedelta(minutes=10)
"""What somebody else says in the channel so soon after a message may be an answer to it."""
SHORT: Final = 20
"""Characters of a sentence that alone says little: the next one belongs to it."""
_SENTENCE_END: Final = regex(r"(?<=[.!?\u2026])\s+(?=\S)|\n+")


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with something new: its new messages by age, of which there is one at least.

    `root` is its first message, new or not; None where that is gone or may not be shown.
    `authors` wrote its new messages, `mentions` says in how many of them somebody is mentioned.
    `is_followed`: what may be its answer stands beside it in the channel, or as a reaction.
    """

    said: tuple[StoredMessage, ...]
    root: StoredMessage | None = None
    reactions: int = 0
    is_followed: bool = False
    says_something: bool = True
    authors: frozenset[str] = frozenset()
    mentions: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Its place: the channel, and the `ts` under which its replies stand."""
        return self.said[0].channel_id, self.said[0].thread_root

    @property
    def last(self) -> StoredMessage:
        """The newest message."""
        return self.said[-1]

    @property
    def reply_count(self) -> int:
        """How many new replies there are."""
        return sum(each.is_reply for each in self.said)

    @property
    def is_new(self) -> bool:
        """Whether it has begun in the time that is told of."""
        return not self.said[0].is_reply

    @property
    def whole(self) -> tuple[StoredMessage, ...]:
        """Its first message, if that is known, and the new ones, by age."""
        is_older = self.root is not None and self.root.ts != self.said[0].ts
        return (self.root, *self.said) if self.root is not None and is_older else self.said

    @property
    def opening(self) -> StoredMessage:
        """The message whose words stand for it: the first that says more than hello."""
        return next((each for each in self.whole if not only_greets(each.text)), self.whole[0])


def is_to(user_id: str, text: str) -> bool:
    """Whether a text begins with a mention of somebody: what is said to Baton is no news."""
    return re.match(rf"\s*<@{re.escape(user_id)}(?:\||>)", text) is not None


def threads_of(
    messages: Sequence[StoredMessage],
    roots: Mapping[str, StoredMessage] | None = None,
    reactions: Mapping[str, int] | None = None,
) -> list[Thread]:
    """The conversations that these new messages of a channel belong to, by age.

    `roots` are the first messages of older ones, `reactions` how many a message has, by `ts`.
    """
    roots, reactions = roots or {}, reactions or {}
    followed = _followed(messages)
    grouped: dict[str, list[StoredMessage]] = {}
    for message in messages:
        grouped.setdefault(message.thread_root, []).append(message)
    return [
        Thread(
            tuple(said),
            said[0] if not said[0].is_reply else roots.get(root_ts),
            reactions=sum(reactions.get(each.ts, 0) for each in said),
            is_followed=said[-1].ts in followed or said[-1].ts in reactions,
            says_something=not all(only_greets(each.text) for each in said),
            authors=frozenset(each.user_id for each in said),
            mentions=Counter(who for each in said for who in mentions_in(each.text)),
        )
        for root_ts, said in grouped.items()
    ]


def threads_worth_a_line(messages: Sequence[StoredMessage], reader_id: str) -> list[Thread]:
    """The conversations of a channel that are news to somebody, by age."""
    return [each for each in threads_of(messages) if is_news(each, reader_id)]


def is_news(thread: Thread, reader_id: str) -> bool:
    """Whether somebody else than its reader spoke, and not only to say hello."""
    return thread.says_something and not thread.authors <= {reader_id}


def is_told(thread: Thread, told: Collection[tuple[str, str]]) -> bool:
    """Whether a conversation, or everything new in it, is told elsewhere in the digest."""
    if not told:
        return False
    return thread.key in told or all((each.channel_id, each.ts) in told for each in thread.said)


def concerns(thread: Thread, reader_id: str) -> bool:
    """Whether somebody is mentioned in a conversation, or has begun it."""
    return reader_id in thread.mentions or is_own(thread, reader_id)


def is_own(thread: Thread, reader_id: str) -> bool:
    """Whether somebody has begun a conversation."""
    return thread.root is not None and thread.root.user_id == reader_id


def score(thread: Thread, reader_id: str) -> float:
    """How much a conversation may mean to somebody."""
    mentions = thread.mentions.get(reader_id, 0)
    own = is_own(thread, reader_id)
    return 3 * mentions + 2 * own + thread.reply_count + thread.reactions / 2


def by_score(threads: Iterable[Thread], reader_id: str) -> list[Thread]:
    """What may mean most to somebody first, then the newest."""
    return sorted(
        threads, key=lambda each: (score(each, reader_id), each.last.at, each.key), reverse=True
    )


def first_sentence(text: str) -> str:
    """The first sentence of a text as people read it; with the next one if it is very short."""
    text = text.strip()
    for end in _SENTENCE_END.finditer(text):
        if end.start() >= SHORT:
            return text[: end.start()]
    return text


def _followed(messages: Sequence[StoredMessage]) -> frozenset[str]:
    """The messages in the channel after which somebody else soon wrote there, too."""
    beside = [each for each in messages if not each.is_reply]
    return frozenset(
        one.ts
        for one, following in pairwise(beside)
        if following.user_id != one.user_id and following.at - one.at <= SOON
    )
