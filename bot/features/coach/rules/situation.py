"""What is known of a message and of what was said around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage


@dataclass(frozen=True, slots=True)
class Room:
    """The conversation that a message stands in."""

    kind: ChannelKind = ChannelKind.PUBLIC
    is_social: bool = False
    is_general: bool = False
    is_for_help: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody a message is for: their local time, and when they are next at work.

    `starts_at`: in their own time; None if they are at work, or were until shortly before.
    """

    user_id: str
    local_now: datetime
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A message, and what stands around it.

    `before` and `after` were said in the same thread or, for a message in no thread, in the channel
    outside of threads; both by age, without the message itself. `root` began its thread.
    `threads` are those in which something was said shortly before: their roots.
    """

    message: StoredMessage
    room: Room = Room()
    before: Sequence[StoredMessage] = ()
    after: Sequence[StoredMessage] = ()
    root: StoredMessage | None = None
    threads: Sequence[StoredMessage] = ()
    addressees: Sequence[Addressee] = ()
    is_first: bool = True
