"""The card of a baton, which shows everybody in its channel where it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core import attention, message_store, people
from bot.core.ids import new_id
from bot.core.quotations import NOT_KEPT
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import cards as layout
from bot.features.handoffs.models import HandoffBatonRow, HandoffBlockerRow, HandoffStepRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.queries import blockers
from bot.features.handoffs.rules import batons as rules
from bot.features.handoffs.rules.items import Item, State, StepKind
from bot.features.handoffs.rules.relay import starts_at
from bot.features.handoffs.rules.shown import BatonShown, BlockerShown

_GIVEN: Final = frozenset(
    {StepKind.HANDED_OVER, StepKind.PASSED_ON, StepKind.MOVED, StepKind.CAME_BACK}
)
"""What gives a baton into other hands."""


def post(uow: UnitOfWork, baton: HandoffBatonRow, item: Item) -> None:
    """Posts a baton's card, once: below its note's message, or the message that it is about."""
    key, under = rules.card_key(baton.id), ""
    if baton.note_id is not None and uow.outbox.knows(rules.note_key(baton.note_id)):
        under = rules.note_key(baton.note_id)
    ts = "" if under else rules.message_of(item, baton.channel_id)
    root_ts = _root_of(uow, baton.channel_id, ts) if ts else None
    card = layout.card(show(uow, baton))
    uow.outbox.post(key, baton.channel_id, card, thread_ts=root_ts, under=under or None)


def redraw(uow: UnitOfWork, baton: HandoffBatonRow) -> None:
    """Has a baton's card show it as it is now."""
    of = rules.card_key(baton.id)
    if uow.outbox.knows(of):
        uow.outbox.revise(f"{of}:{new_id()}", of=of, message=layout.card(show(uow, baton)))


def show(uow: UnitOfWork, baton: HandoffBatonRow) -> BatonShown:
    """A baton as people read it."""
    return shows(uow, [baton])[0]


def shows(uow: UnitOfWork, batons: Sequence[HandoffBatonRow]) -> list[BatonShown]:
    """Batons as people read them, in their order."""
    ids = [each.id for each in batons]
    steps, waits = queries.steps(uow, ids), blockers.of_batons(uow, ids)
    return [_shown(uow, each, steps[each.id], waits.get(each.id, ())) for each in batons]


def last_of(steps: Sequence[HandoffStepRow]) -> HandoffStepRow:
    """What happened to a baton last: that somebody was reminded changes nothing."""
    return next(step for step in reversed(steps) if step.kind != StepKind.NUDGED)


def _shown(
    uow: UnitOfWork,
    baton: HandoffBatonRow,
    steps: Sequence[HandoffStepRow],
    waits: Sequence[HandoffBlockerRow],
) -> BatonShown:
    last, (added_by, added) = last_of(steps), _added(steps)
    involved = {baton.sender_id, baton.holder_id, last.by, added_by}
    involved |= {each.blocker_id for each in waits}
    off = {each for each in involved | {wait.blocked_id for wait in waits} if _is_off(uow, each)}
    shown = BatonShown(
        id=str(baton.id),
        state=State(baton.state),
        channel_id=baton.channel_id,
        what=baton.what,
        sender_id=baton.sender_id,
        holder_id=baton.holder_id,
        made_at=baton.made_at,
        since=last.at,
        kind=StepKind(last.kind),
        link=link(uow, baton),
        progress=baton.progress,
        why=baton.why,
        next_step=baton.next_step,
        watch_out=baton.watch_out,
        links=tuple(map(str, baton.links)),
        starts=_starts(uow, baton),
        blockers=tuple(
            BlockerShown(each.blocker_id, NOT_KEPT if each.blocked_id in off else each.what)
            for each in waits
        ),
        by=last.by,
        words="" if last.by in off else last.words,
        passed_by=_passed_by(steps),
        added_by=added_by,
        added="" if added_by in off else added,
        names=people.names(uow.session, uow.team_id, involved - off | {baton.holder_id}),
    )
    return _unquoted(shown) if baton.sender_id in off else shown


def _added(steps: Sequence[HandoffStepRow]) -> tuple[str, str]:
    """Who said something last when they passed a baton on, and what."""
    passed = [each for each in steps if each.kind == StepKind.PASSED_ON and each.words]
    return (passed[-1].by, passed[-1].words) if passed else ("", "")


def _passed_by(steps: Sequence[HandoffStepRow]) -> str:
    """Who passed a baton on to whoever it is with; empty: it came to them in another way."""
    given = next(step for step in reversed(steps) if step.kind in _GIVEN)
    return given.by if given.kind == StepKind.PASSED_ON else ""


def _is_off(uow: UnitOfWork, user_id: str) -> bool:
    return bool(user_id) and attention.is_off(uow, user_id)


def _unquoted(shown: BatonShown) -> BatonShown:
    """A baton without the words of whoever handed it over; what they link to is not theirs."""
    return replace(shown, what=NOT_KEPT, progress="", why="", next_step="", watch_out="")


def _starts(uow: UnitOfWork, baton: HandoffBatonRow) -> datetime | None:
    """When the holder's day begins, in their time, if it had not when they were offered it."""
    holder = people.find(uow.session, uow.team_id, baton.holder_id)
    at = starts_at(holder.working_time, baton.offered_at) if holder is not None else None
    if holder is None or at is None or at <= baton.offered_at:
        return None
    return holder.working_time.local(at)


def note_place(uow: UnitOfWork, baton: HandoffBatonRow) -> None:
    """Notes where a baton's card stands, once it is out.

    Not when it goes out: whoever sends it holds the message, and would wait here for somebody who
    changes the baton and waits for the message.
    """
    sent = uow.outbox.sent(rules.card_key(baton.id)) if not baton.card_ts else None
    if sent is not None:
        baton.card_ts = sent.ts
        uow.session.flush()


def link(uow: UnitOfWork, baton: HandoffBatonRow) -> str:
    """Where a baton's card stands, or its channel while that is not out."""
    sent = uow.outbox.sent(rules.card_key(baton.id)) if not baton.card_ts else None
    ts = sent.ts if sent is not None else baton.card_ts
    if not ts:
        return uow.workspace.address(baton.channel_id)
    return uow.workspace.permalink(baton.channel_id, ts)


def _root_of(uow: UnitOfWork, channel_id: str, ts: str) -> str:
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    return message.thread_root if message is not None else ts
