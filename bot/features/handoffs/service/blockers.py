"""Blockers: noted, asked about, closed when done, and open again when they are not."""

from dataclasses import replace
from uuid import UUID

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.events import AskSettled
from bot.core.ids import known_id
from bot.core.ports import AskLedger, NewAsk
from bot.core.render import clean
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import blockers as messages
from bot.features.handoffs.models import HandoffBlockerRow
from bot.features.handoffs.queries import batons
from bot.features.handoffs.queries import blockers as queries
from bot.features.handoffs.queries.blockers import New
from bot.features.handoffs.rules import blockers as rules
from bot.features.handoffs.rules.blockers import Ended
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.service import cards, places


def note(
    uow: UnitOfWork,
    asks: AskLedger,
    *,
    key: str,
    channel_id: str,
    blocked_id: str,
    blocker_id: str,
    what: str,
    baton_id: UUID | None = None,
    ask_id: UUID | None = None,
) -> HandoffBlockerRow | None:
    """Notes that somebody cannot go on without somebody else, and asks for it in their name.

    Once per `key` (at most 200 characters); the same of the same two is one while it is open.
    `what` is plain text. Without a channel, or where it cannot be posted, it is asked directly.
    `ask_id` is an ask of theirs that asks for it already. Whoever cannot be asked is noted without
    an ask: see `why_not`. None: nobody can be blocked by themself, or by nothing.
    """
    blocked = people.find(uow.session, uow.team_id, blocked_id)
    words = clean(what).strip()
    if blocked is None or not blocked.is_member or blocker_id in {"", blocked_id} or not words:
        return None
    place = "" if places.not_there(uow, channel_id, blocked_id) else channel_id
    same = rules.same(blocked_id, blocker_id, words)
    row = queries.add(uow, New(key, same, place, blocked_id, blocker_id, words, baton_id))
    if row is None:
        return _known(uow, key, same, baton_id)
    _ask(uow, asks, row, ask_id)
    return row


def note_of(
    uow: UnitOfWork,
    asks: AskLedger,
    item: Item,
    blocked_id: str,
    channel_id: str,
    *,
    key: str,
    baton_id: UUID | None = None,
) -> None:
    """Notes whom an item waits for, if its author said so; see `note`."""
    if item.blocked_by:
        note(
            uow,
            asks,
            key=key,
            channel_id=channel_id,
            blocked_id=blocked_id,
            blocker_id=item.blocked_by,
            what=item.blocked_on or item.what,
            baton_id=baton_id,
            ask_id=known_id(item.asked),
        )


def find(uow: UnitOfWork, blocker_id: str) -> HandoffBlockerRow | None:
    """The blocker with this id."""
    return queries.get(uow, known_id(blocker_id))


def close_of(uow: UnitOfWork, asks: AskLedger, baton_id: UUID, *, by: str = "") -> None:
    """A baton is done, or withdrawn: nothing is in its way any more, and nobody is asked."""
    for row in queries.of_batons(uow, [baton_id]).get(baton_id, ()):
        _close(uow, asks, row, by)


def hold_asks(uow: UnitOfWork, asks: AskLedger, baton_id: UUID) -> None:
    """Nobody settles meanwhile what a baton waits for: whoever may end that holds it first."""
    baton = batons.get(uow, baton_id)
    found = [row.ask_id for row in queries.of_batons(uow, [baton_id]).get(baton_id, ())]
    for ask_id in sorted({each for each in [baton and baton.ask_id, *found] if each}):
        asks.hold(uow, ask_id)


def move_to(uow: UnitOfWork, asks: AskLedger, baton_id: UUID, user_id: str) -> None:
    """Somebody took a baton: what is in its way is in theirs from now on.

    Who asked stays as it is; whoever is in the way themself has nobody left to wait for.
    """
    for row in queries.of_batons(uow, [baton_id]).get(baton_id, ()):
        if row.blocked_id == user_id:
            continue
        same = rules.same(user_id, row.blocker_id, row.what)
        if row.blocker_id == user_id or not queries.move(uow, row, user_id, same):
            _close(uow, asks, row, "")


def close(uow: UnitOfWork, asks: AskLedger, row: HandoffBlockerRow, by: str) -> bool:
    """Somebody says that it blocks nobody any more; returns False if it was closed before.

    By whoever was in the way it is answered; by anybody else nobody needs the answer.
    """
    if not _close(uow, asks, row, by):
        return False
    if by == row.blocker_id:
        _reach(uow, row, _closed(row), messages.closed_for_you(str(row.id), by, row.what))
    _redraw(uow, row)
    return True


def again(uow: UnitOfWork, asks: AskLedger, row: HandoffBlockerRow) -> bool:
    """It blocks after all, and is waited for again; False: it is noted anew, or its baton done.

    What was declined, or not answered in time, is not asked once more.
    """
    if row.ask_id is not None:
        asks.hold(uow, row.ask_id)
    if not queries.reopen(uow, row):
        return False
    is_waited_for = row.ask_id is not None and row.ended == Ended.NOT
    if is_waited_for and row.ask_id is not None and not asks.reopen(uow, row.ask_id):
        queries.set_ended(uow, row, Ended.TAKEN_BACK)
    _redraw(uow, row)
    return True


def follow_end(uow: UnitOfWork, event: AskSettled) -> None:
    """An ask is settled: what was answered blocks nobody; of the rest the blocked one hears."""
    by = event.by
    for row in queries.of_ask(uow, event.ask_id):
        if event.is_answered:
            if queries.close(uow, row, by):
                _tell(uow, row, _closed(row), messages.unblocked(row.blocker_id, row.what, by))
                _redraw(uow, row)
        elif rules.is_given_up(event.state, by, row.blocked_id):
            if queries.close(uow, row, by):
                _redraw(uow, row)
        elif row.ended == Ended.NOT:
            ended = rules.how_ended(event.state)
            if queries.set_ended(uow, row, ended):
                told = messages.still_blocked(str(row.id), row.blocker_id, row.what, ended)
                _tell(uow, row, rules.key_of(row.id, ended, uow.now), told)


def follow_reopening(uow: UnitOfWork, ask_id: UUID) -> None:
    """Somebody waits again for an ask that was settled: it blocks again, too."""
    for row in queries.of_ask(uow, ask_id):
        if queries.reopen(uow, row):
            _redraw(uow, row)
        queries.set_ended(uow, row, Ended.NOT)


def follow_departure(uow: UnitOfWork, asks: AskLedger, user_id: str) -> None:
    """Somebody's account is not active any more: nobody waits for them, nor do they.

    Whom they blocked is told; what they were blocked by goes with their batons. What they had
    passed on is still asked for.
    """
    for row in queries.open_of_blocked(uow, user_id):
        if row.baton_id is None:
            close(uow, asks, row, "")
    for row in queries.open_of_blocker(uow, user_id):
        is_passed_on = row.ask_id is not None and asks.due_at(uow, row.ask_id) is not None
        ends_with_ask = row.ask_id is not None and row.ended == Ended.NOT
        if not is_passed_on and queries.set_ended(uow, row, Ended.GONE):
            told = messages.still_blocked(str(row.id), row.blocker_id, row.what, Ended.GONE)
            tell = _tell if ends_with_ask else _reach
            tell(uow, row, rules.key_of(row.id, Ended.GONE, uow.now), told)


def _tell(uow: UnitOfWork, row: HandoffBlockerRow, key: str, message: Message) -> None:
    if not rules.hears_from_ask(row.blocked_id, row.asker_id):
        _reach(uow, row, key, message)


def _reach(uow: UnitOfWork, row: HandoffBlockerRow, key: str, message: Message) -> None:
    """Writes to whoever is blocked if they are open to it; else their digest tells them."""
    blocked = people.find(uow.session, uow.team_id, row.blocked_id)
    about = frozenset({row.channel_id}) if row.channel_id else frozenset[str]()
    if blocked is not None:
        told = replace(message, besides=about)
        attention.reach(uow, key, blocked, told, urgency=Urgency.ROUTINE)


def _closed(row: HandoffBlockerRow) -> str:
    """The name of the fact that it was closed, each time."""
    return rules.key_of(row.id, "closed", row.closed_at) if row.closed_at else ""


def _close(uow: UnitOfWork, asks: AskLedger, row: HandoffBlockerRow, by: str) -> bool:
    if row.ask_id is not None:
        asks.hold(uow, row.ask_id)
    if not queries.close(uow, row, by):
        return False
    if row.ask_id is not None and by == row.blocker_id:
        asks.close(uow, row.ask_id, by=by)
    elif row.ask_id is not None:
        asks.withdraw(uow, row.ask_id)
    return True


def _redraw(uow: UnitOfWork, row: HandoffBlockerRow) -> None:
    """Has the card of its baton show whom it waits for."""
    baton = batons.get(uow, row.baton_id) if row.baton_id else None
    if baton is not None:
        cards.redraw(uow, baton)


def _ask(
    uow: UnitOfWork, asks: AskLedger, row: HandoffBlockerRow, ask_id: UUID | None = None
) -> None:
    """Has it asked for, unless an ask does so already."""
    if ask_id is not None and asks.due_at(uow, ask_id) is not None:
        queries.set_ask(uow, row, ask_id, row.blocked_id)
        return
    baton = batons.get(uow, row.baton_id) if row.baton_id else None
    new = NewAsk(
        f"handoffs:blocker:{row.id}",
        row.blocked_id,
        row.blocker_id,
        row.what,
        context=baton.what if baton is not None and row.channel_id else "",
        channel_id=row.channel_id,
        kind="blocker",
    )
    opened = asks.open(uow, new)
    if opened is not None:
        queries.set_ask(uow, row, opened, row.blocked_id)


def _known(uow: UnitOfWork, key: str, same: str, baton_id: UUID | None) -> HandoffBlockerRow | None:
    """What was noted before; what had no baton is in the way of this one now."""
    row = queries.noted_by(uow, key) or queries.open_same(uow, same)
    if row is not None and row.baton_id is None and baton_id is not None:
        queries.set_baton(uow, row, baton_id)
    return row
