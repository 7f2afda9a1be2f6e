"""Where a decision stands that came from no thread: its card begins one."""

from bot.core.events import MessageNotSent, MessageSent
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry as queries


def place(uow: UnitOfWork, event: MessageSent) -> None:
    """Notes where a decision's card stands, if it has no other place."""
    number = number_of(event.key)
    row = queries.get(uow, number, lock=True) if number is not None else None
    if row is not None and not row.root_ts:
        row.channel_id, row.message_ts, row.root_ts = event.channel_id, event.ts, event.ts


def is_card(event: MessageSent | MessageNotSent) -> bool:
    """Whether what went out, or was given up, is a decision's card."""
    return number_of(event.key) is not None


def number_of(key: str) -> int | None:
    """The number of the decision whose card was queued under `key`; None: it is no card."""
    parts = key.split(":")
    is_card = len(parts) == 3 and parts[0] == "decisions" and parts[2] == "card"  # noqa: PLR2004
    return int(parts[1]) if is_card and parts[1].isdecimal() else None
