"""What people write for a stand-up, and what they leave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.ports import AskLedger
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import standups as messages
from bot.features.handoffs.models import StandupEntryRow, StandupPromiseRow
from bot.features.handoffs.queries import promises as promise_queries
from bot.features.handoffs.queries import standups as queries
from bot.features.handoffs.rules import promises as rules
from bot.features.handoffs.rules import standup_keys as keys
from bot.features.handoffs.rules import standups as standup_rules
from bot.features.handoffs.rules.promises import Fate, Promise, Written
from bot.features.handoffs.rules.standups import EntryState, Spot
from bot.features.handoffs.service import blockers, outcomes, plans

MOST_TO_ACCOUNT_FOR: Final = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody's form holds: what they promised before, and what they wrote, if they did."""

    spot: Spot
    channel: str
    promises: tuple[Promise, ...]
    written: Written


def refusal(uow: UnitOfWork, spot: Spot, user_id: str) -> Message | None:
    """Why somebody can write nothing for a stand-up; None: they can."""
    if plans.find(uow, spot.channel_id, user_id) is None:
        return messages.not_in_it(spot.channel_id)
    if queries.entry(uow, spot, user_id) is None or not standup_rules.may_write(spot.day, uow.now):
        return messages.is_over(spot)
    return None


def sheet(uow: UnitOfWork, spot: Spot, user_id: str) -> Sheet | None:
    """What somebody's form holds; None: there is nothing to write for."""
    entry = queries.entry(uow, spot, user_id)
    if entry is None:
        return None
    before = _to_account_for(uow, entry)
    written = Written(
        tuple(entry.done.splitlines()),
        tuple(each.what for each in promise_queries.made(uow, spot, user_id)),
        entry.blocked,
        entry.blocker_id,
        tuple(entry.watch_out.splitlines()),
        {each.id: _fate(each) for each in before},
    )
    promises = tuple(Promise(each.id, each.what) for each in before)
    return Sheet(spot, plans.called(uow, spot.channel_id), promises, written)


def write(uow: UnitOfWork, asks: AskLedger, spot: Spot, user_id: str, written: Written) -> None:
    """Puts what somebody wrote into the thread, or changes what stands there of theirs.

    Whoever they wait for is asked for it.
    """
    queries.get(uow, spot, lock=True)
    entry = queries.entry(uow, spot, user_id, lock=True)
    if entry is None:
        return
    is_new = entry.answered_at is None
    queries.step(
        uow,
        entry,
        EntryState.ANSWERED,
        look_at=None,
        answered_at=entry.answered_at or uow.now,
        is_late=uow.now > entry.due_at if is_new else entry.is_late,
        done="\n".join(written.done),
        blocked=written.blocked,
        blocker_id=written.blocker_id,
        watch_out="\n".join(written.watch_out),
    )
    _settle(uow, entry, written.fates)
    before = [Promise(each.id, each.what) for each in promise_queries.made(uow, spot, user_id)]
    changes = rules.rewritten(before, written.following)
    promise_queries.change(uow, spot, user_id, changes)
    blockers.note(
        uow,
        asks,
        key=keys.blocker(spot, user_id, written.blocker_id),
        channel_id=spot.channel_id,
        blocked_id=user_id,
        blocker_id=written.blocker_id,
        what=written.blocked,
    )
    _show(uow, entry)
    _say_in_prompt(uow, entry, messages.written_down(spot))
    outcomes.sum_up(uow, spot)
    outcomes.revise_week(uow, spot)


def skip(uow: UnitOfWork, spot: Spot, user_id: str) -> bool:
    """Somebody writes nothing this time; False: they wrote already."""
    entry = queries.entry(uow, spot, user_id, lock=True)
    if entry is None or entry.state not in {EntryState.WAITING, EntryState.PROMPTED}:
        return entry is not None and entry.state == EntryState.SKIPPED
    return queries.step(uow, entry, EntryState.SKIPPED, look_at=None)


def take_back_skip(uow: UnitOfWork, spot: Spot, user_id: str) -> None:
    """Somebody wants to write after all."""
    entry = queries.entry(uow, spot, user_id, lock=True)
    if entry is not None and entry.state == EntryState.SKIPPED:
        queries.step(uow, entry, EntryState.PROMPTED)


def time_until(uow: UnitOfWork, spot: Spot, user_id: str) -> str:
    """Until when somebody can still write in time, as they say it; empty: their time is over."""
    entry, here = queries.entry(uow, spot, user_id), plans.find(uow, spot.channel_id, user_id)
    if entry is None or here is None or not entry.prompt_at <= uow.now < entry.due_at:
        return ""
    return here.person.moment(entry.due_at)


def decline(uow: UnitOfWork, spot: Spot, user_id: str) -> None:
    """Somebody is not asked in a channel from this stand-up on; what they wrote stays."""
    for entry in queries.entries_of(uow, spot.channel_id, user_id):
        if entry.local_date >= spot.day and entry.state != EntryState.ANSWERED:
            queries.step(uow, entry, EntryState.DECLINED, look_at=None)


def take_part_again(uow: UnitOfWork, channel_id: str, user_id: str) -> None:
    """Somebody is asked in a channel again; where their time has come, they may write at once."""
    for entry in queries.entries_of(uow, channel_id, user_id):
        if entry.state != EntryState.DECLINED:
            continue
        if uow.now < entry.prompt_at:
            queries.step(uow, entry, EntryState.WAITING, look_at=entry.prompt_at)
        else:
            is_over = uow.now >= entry.due_at
            queries.step(uow, entry, EntryState.SKIPPED if is_over else EntryState.PROMPTED)


def place(uow: UnitOfWork, key: str, ts: str) -> None:
    """Notes where a thread begins, or where in it somebody's words stand."""
    spot, user_id = keys.read(key)
    standup = queries.get(uow, spot, lock=True)
    if standup is None:
        return
    entry = queries.entry(uow, spot, user_id, lock=True) if user_id else None
    if not user_id:
        standup.thread_ts = ts
    elif entry is not None:
        entry.message_ts = ts
    uow.session.flush()
    outcomes.sum_up(uow, spot)


def _settle(uow: UnitOfWork, entry: StandupEntryRow, fates: Mapping[UUID, Fate]) -> None:
    """What somebody says about a promise counts from the instant at which they wrote first."""
    at = entry.answered_at
    for each in _to_account_for(uow, entry):
        fate = fates.get(each.id, Fate.STILL)
        delivered_at = at if fate is Fate.DELIVERED else None
        dropped_at = at if fate is Fate.DROPPED else None
        promise_queries.settle(uow, each.id, delivered_at=delivered_at, dropped_at=dropped_at)


def _to_account_for(uow: UnitOfWork, entry: StandupEntryRow) -> Sequence[StandupPromiseRow]:
    spot = Spot(entry.channel_id, entry.local_date)
    place = (spot, entry.user_id, entry.answered_at)
    return promise_queries.to_account_for(uow, *place, limit=MOST_TO_ACCOUNT_FOR)


def _fate(row: StandupPromiseRow) -> Fate:
    if row.delivered_at:
        return Fate.DELIVERED
    return Fate.DROPPED if row.dropped_at else Fate.STILL


def _show(uow: UnitOfWork, entry: StandupEntryRow) -> None:
    """One thread, whoever writes first; one message of each person in it."""
    spot = Spot(entry.channel_id, entry.local_date)
    key = keys.entry(spot, entry.user_id)
    told = messages.Told(
        entry.user_id,
        tuple(outcomes.delivered(uow, entry)),
        tuple(entry.done.splitlines()),
        tuple(outcomes.promised(uow, entry)),
        entry.blocked,
        plans.name_of(uow, entry.blocker_id),
        tuple(entry.watch_out.splitlines()),
        is_late=entry.is_late,
    )
    if uow.outbox.knows(key):
        uow.outbox.revise(f"{key}:{new_id()}", of=key, message=messages.entry(told))
        return
    uow.outbox.post(keys.root(spot), spot.channel_id, messages.root(spot.day))
    uow.outbox.post(key, spot.channel_id, messages.entry(told), under=keys.root(spot))


def _say_in_prompt(uow: UnitOfWork, entry: StandupEntryRow, message: Message) -> None:
    key = keys.prompt(Spot(entry.channel_id, entry.local_date), entry.user_id)
    uow.outbox.revise(f"{key}:{new_id()}", of=key, message=message)
