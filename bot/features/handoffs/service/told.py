"""The messages that tell people of batons: of several at once in one, which follows all of them."""

from collections.abc import Sequence
from typing import Final

from bot.core import attention, boards, outbox, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import sift
from bot.features.handoffs.messages import batons as messages
from bot.features.handoffs.messages import relay as reminders
from bot.features.handoffs.messages import several
from bot.features.handoffs.messages.several import Line
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.queries import keeping, telling
from bot.features.handoffs.rules import batons as rules
from bot.features.handoffs.rules.items import State, StepKind
from bot.features.handoffs.rules.relay import Next
from bot.features.handoffs.service import cards, relay

MOST: Final = 30
"""So many batons fit into one message; of what is more the next one tells."""


def reach(uow: UnitOfWork, person: Person, batons: Sequence[HandoffBatonRow]) -> None:
    """Tells somebody in one message, once, what happened last to these batons, at most 30.

    Whoever has nothing left of the messages of a day reads it in their digest.
    """
    steps = queries.steps(uow, [each.id for each in batons])
    last = [steps[each.id][-1] for each in batons]
    key = rules.told_key(last[0].baton_id, last[0].number)
    message = _message(uow, person, last)
    if attention.reach(uow, key, person, message, urgency=Urgency.ROUTINE) is Route.NOW:
        telling.note_told(uow, last, key)


def follow(uow: UnitOfWork, baton: HandoffBatonRow, before: str) -> None:
    """Has everything show where a baton is now; `before` is who had it, or was to take it."""
    cards.redraw(uow, baton)
    boards.touch(uow, [baton.sender_id, baton.holder_id, before])
    reader = people.find(uow.session, uow.team_id, before)
    steps = queries.steps(uow, [baton.id])[baton.id]
    keys = {each.told_by for each in steps if each.told_by and each.holder_id == before}
    if reader is not None:
        for key in sorted(keys):
            _revise(uow, key, reader)


def redraw_of(uow: UnitOfWork, user_id: str) -> None:
    """Has everything that shows batons with words of somebody show them anew."""
    for baton in (*keeping.sent_by(uow, user_id), *keeping.touched_by(uow, user_id)):
        if baton.closed_at is None:
            follow(uow, baton, baton.holder_id)
        else:
            cards.redraw(uow, baton)


def _revise(uow: UnitOfWork, key: str, reader: Person) -> None:
    """Has a message show where its batons are by now.

    It is locked first: whoever does something about another one of them waits, and sees this.
    """
    if outbox.find(uow.session, uow.team_id, key, lock=True) is not None:
        message = _message(uow, reader, telling.told_by(uow, key))
        uow.outbox.revise(f"{key}:{new_id()}", of=key, message=message)


def _message(uow: UnitOfWork, reader: Person, steps: Sequence[HandoffStepRow]) -> Message:
    """Where the batons are by now of which these steps told a reader."""
    batons = telling.read(uow, [each.baton_id for each in steps])
    if len(batons) == 1:
        return _one(uow, reader, batons[0])
    found = sift(uow, reader.user_id, batons, channel_of=lambda each: each.channel_id)
    lines = [_line(uow, reader, each) for each in found.seen]
    is_new = all(each.kind == StepKind.HANDED_OVER for each in steps)
    givers = {each.by for each in steps} if is_new else set()
    return several.several(
        lines,
        reader,
        by=givers.pop() if len(givers) == 1 else "",
        is_reminder=all(each.kind == StepKind.NUDGED for each in steps),
        not_checked=found.held_back,
    )


def _one(uow: UnitOfWork, reader: Person, baton: HandoffBatonRow) -> Message:
    line = _line(uow, reader, baton)
    if line.goes_on_at is not None:
        return reminders.reminder(line.shown, reader, line.goes_on_at, line.to)
    if line.shown.is_open and line.shown.holder_id == reader.user_id:
        return messages.for_holder(line.shown, reader)
    return messages.done(line.shown, reader.user_id)


def _line(uow: UnitOfWork, reader: Person, baton: HandoffBatonRow) -> Line:
    is_offered = baton.state == State.OFFERED and baton.holder_id == reader.user_id
    at = baton.look_at if is_offered and baton.nudged_at is not None else None
    to: Next | None = relay.after(uow, baton) if at is not None else None
    return Line(cards.show(uow, baton), at, to)
