"""What is kept of people in hand-offs, and how it is given out, erased and forgotten in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from bot.core.ids import new_id
from bot.core.keeping import Kept, Record, as_data, rows
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import kept as words
from bot.features.handoffs.models import (
    HandoffBatonRow,
    HandoffBlockerRow,
    HandoffChainMemberRow,
    HandoffChainRow,
    HandoffDayRow,
    HandoffNoteRow,
    HandoffStandInRow,
    HandoffStepRow,
    StandupEntryRow,
    StandupPromiseRow,
    StandupRow,
)
from bot.features.handoffs.queries import batons as baton_queries
from bot.features.handoffs.queries import keeping as queries
from bot.features.handoffs.queries import lists
from bot.features.handoffs.queries import stand_ins as stand_in_queries
from bot.features.handoffs.rules import batons as baton_rules
from bot.features.handoffs.rules import standup_keys
from bot.features.handoffs.rules.items import OPEN
from bot.features.handoffs.rules.standups import Spot
from bot.features.handoffs.service import batons, cards, drafts_kept

_OURS: Final = {"key", "look_at", "tell_at", "nudged_at", "chain_id", "note_id", "ask_id"}
_THEIRS: Final = ("progress", "why", "next_step", "watch_out", "links", "what", "tried")
"""Of a baton that somebody else handed over these are not the holder's."""


def erase_batons(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody handed over; what they had of others goes back to them.

    The cards of both say so.
    """
    sent, others = queries.sent_by(uow, user_id), queries.touched_by(uow, user_id)
    for baton in sent:
        _erase_messages(uow, baton)
    count = queries.forget_batons(uow, [baton.id for baton in sent])
    for baton in others:
        if baton.holder_id == user_id and baton.state in OPEN:
            batons.come_back(uow, baton)
    count += len(others) + queries.unname_steps(uow, user_id)
    for baton in others:
        baton.tried = [each for each in baton.tried if each != user_id]
        baton.holder_id = "" if baton.holder_id == user_id else baton.holder_id
        uow.session.flush()
        uow.session.expire(baton)
        cards.redraw(uow, baton)
    queries.touch_boards(uow)
    return count


def export_batons(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody handed over, what they had of others, and what they wrote about it."""
    sent = [as_data(each, leave_out=_OURS) for each in queries.sent_by(uow, user_id)]
    others = queries.touched_by(uow, user_id)
    had = [as_data(each, leave_out={*_OURS, *_THEIRS, "sender_id"}) for each in others]
    return [*sent, *had, *_words_of(uow, user_id)]


def warn(uow: UnitOfWork, user_id: str) -> str:
    """Whoever has batons should not just vanish."""
    count = len(lists.held_by(uow, user_id))
    return words.HELD.format(count=count) if count else ""


def erase_notes(uow: UnitOfWork, user_id: str) -> int:
    """Deletes somebody's hand-offs, and their name in those of others."""
    for note in queries.notes_by(uow, user_id):
        _erase_message(uow, baton_rules.note_key(note.id))
    naming = queries.notes_naming(uow, user_id)
    for note in naming:
        note.filled = _without(note.filled, user_id)
    uow.session.flush()
    return queries.forget_notes_by(uow, user_id) + len(naming)


def export_notes(uow: UnitOfWork, user_id: str) -> list[Record]:
    """The hand-offs that somebody wrote."""
    return [as_data(each, leave_out={"author_id"}) for each in queries.notes_by(uow, user_id)]


def erase_blockers(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody waits for, and that others wait for them."""
    touched = [row.baton_id for row in queries.blockers_of(uow, user_id)]
    count = queries.forget_blockers_of(uow, user_id)
    for baton_id in touched:
        baton = baton_queries.get(uow, baton_id) if baton_id else None
        if baton is not None:
            cards.redraw(uow, baton)
    return count


def export_blockers(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody waits for, in their words, and that others wait for them."""
    return [
        as_data(
            row,
            leave_out={"key", "ask_id", "baton_id"}
            | ({"blocked_id"} if row.blocked_id == user_id else {"what", "blocker_id"}),
        )
        for row in queries.blockers_of(uow, user_id)
    ]


def erase_standups(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody wrote in stand-ups, also where it stands."""
    for entry in queries.entries_of(uow, user_id):
        spot = Spot(entry.channel_id, entry.local_date)
        _erase_message(uow, standup_keys.entry(spot, user_id))
        _erase_message(uow, standup_keys.summary(spot))
    return queries.forget_entries_of(uow, user_id)


def export_standups(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody wrote in stand-ups, and what they promised."""
    hidden = {"user_id", "look_at", "number"}
    found = [*queries.entries_of(uow, user_id), *queries.promises_of(uow, user_id)]
    return [as_data(each, leave_out=hidden) for each in found]


def _words_of(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [as_data(each, leave_out={"told_by"}) for each in queries.words_of(uow, user_id)]


def _export_chains(uow: UnitOfWork, user_id: str) -> list[Record]:
    chains = queries.chains_of(uow, user_id)
    return [as_data(each, leave_out={"changed_by"}) for each in chains]


def _export_stand_ins(uow: UnitOfWork, user_id: str) -> list[Record]:
    found = stand_in_queries.concerning(uow, user_id)
    return [as_data(each, leave_out={"look_at", "is_of_leave"}) for each in found]


def _erase_messages(uow: UnitOfWork, baton: HandoffBatonRow) -> None:
    """Takes a baton off its card, and off what whoever had it was told."""
    _erase_message(uow, baton_rules.card_key(baton.id))
    for step in baton_queries.steps(uow, [baton.id]).get(baton.id, ()):
        if step.told_by is not None:
            _erase_message(uow, step.told_by)


def _erase_message(uow: UnitOfWork, key: str) -> None:
    if uow.outbox.knows(key):
        uow.outbox.revise(f"{key}:erased:{new_id()}", of=key, message=words.erased())


def _without(value: Any, user_id: str) -> Any:
    """The same data without somebody's id."""
    match value:
        case dict():
            return {key: _without(each, user_id) for key, each in value.items()}
        case list():
            return [_without(each, user_id) for each in value]
        case str():
            return value.replace(user_id, "")
        case _:
            return value


def _texts(
    forget: Callable[[UnitOfWork, timedelta], int],
) -> Callable[[UnitOfWork, int], int]:
    """Has something go that is older than texts are kept, but for today's."""
    return lambda uow, days: forget(uow, timedelta(days=max(days, 1)))


KEPT: Final = (
    drafts_kept.KEPT,
    Kept(
        "blockers",
        words.BLOCKERS,
        words.BLOCKERS_FOR,
        (HandoffBlockerRow,),
        export_blockers,
        erase_blockers,
        _texts(lambda uow, age: queries.forget_old_blockers(uow, uow.now - age)),
    ),
    Kept(
        "batons",
        words.BATONS,
        words.BATONS_FOR,
        (HandoffBatonRow, HandoffStepRow),
        export_batons,
        erase_batons,
        _texts(lambda uow, age: queries.forget_batons(uow, queries.old_batons(uow, uow.now - age))),
        stays=words.BATONS_STAY,
        warning=warn,
    ),
    Kept(
        "hand-offs",
        words.NOTES,
        words.NOTES_FOR,
        (HandoffNoteRow,),
        export_notes,
        erase_notes,
        _texts(lambda uow, age: queries.forget_old_notes(uow, uow.now - age)),
    ),
    Kept(
        "chains",
        words.CHAINS,
        words.CHAINS_FOR,
        (HandoffChainRow, HandoffChainMemberRow),
        _export_chains,
        queries.leave_chains,
        stays=words.CHAINS_STAY,
    ),
    rows(
        "hand-off schedule",
        HandoffDayRow,
        HandoffDayRow.user_id,
        what=words.DAYS,
        how_long=words.DAYS_FOR,
        is_trace=True,
    ),
    Kept(
        "stand-ins",
        words.STAND_INS,
        words.STAND_INS_FOR,
        (HandoffStandInRow,),
        _export_stand_ins,
        stand_in_queries.forget,
        lambda uow, _days: stand_in_queries.forget_old(uow, (uow.now - timedelta(days=1)).date()),
    ),
    Kept(
        "stand-ups",
        words.STANDUPS,
        words.STANDUPS_FOR,
        (StandupRow, StandupEntryRow, StandupPromiseRow),
        export_standups,
        erase_standups,
        _texts(lambda uow, age: queries.forget_old_standups(uow, (uow.now - age).date())),
    ),
)
