"""Hears answers: in threads, in the channel, as reactions; in whatever order they arrive."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import message_store
from bot.core.events import MessagePosted, ReactionAdded, ReactionRemoved, instant_of
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.models import AskRow
from bot.features.asks.queries import Place
from bot.features.asks.rules import replies, settings
from bot.features.asks.rules.hearing import EYES, answers_in_channel, role_of
from bot.features.asks.rules.replies import Meaning, Role
from bot.features.asks.rules.states import UNSETTLED, WAITING, How, Relation, State
from bot.features.asks.service import settling, showing, turning


def hear_reply(event: MessagePosted, uow: UnitOfWork) -> None:
    """A reply in a thread may settle what was asked there before."""
    message = message_store.current(uow.session, event)
    if message is None:
        return
    for ask in queries.under(uow, event.channel_id, event.thread_ts or event.ts):
        _hear(uow, ask, message)


def replies_that_count(
    session: Session, team_id: str, events: Sequence[MessagePosted]
) -> list[MessagePosted]:
    """Those of the replies that stand in a thread in which something was asked."""
    threads = {(each.channel_id, each.thread_ts or each.ts) for each in events}
    asked = queries.threads_with_asks(session, team_id, threads)
    return [each for each in events if (each.channel_id, each.thread_ts or each.ts) in asked]


def messages_that_count(
    session: Session, team_id: str, events: Sequence[MessagePosted]
) -> list[MessagePosted]:
    """Those of the messages whose author is waited for in their channel."""
    asked = queries.waited_for_in(session, team_id, {each.user_id for each in events})
    return [each for each in events if (each.user_id, each.channel_id) in asked]


def hear_in_channel(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message in the channel may answer what was asked there."""
    message = message_store.current(uow.session, event)
    if message is None:
        return
    waiting = queries.waiting_in(uow, event.channel_id, event.user_id)
    if waiting:
        showing.read_ahead(uow, waiting)
        before = _before(uow, message)
        for ask in waiting:
            if _is_answer(uow, ask, message, before):
                _hear(uow, ask, message)


def hear_reaction(event: ReactionAdded | ReactionRemoved, uow: UnitOfWork) -> None:
    """A ✅ settles an ask, 👀 says that somebody is on it; taken back, it waits again."""
    for ask in queries.of_message(uow, event.channel_id, event.ts):
        if event.channel_id.startswith("D") and event.user_id == ask.asker_id:
            continue  # that they saw what they were told settles nothing
        if event.user_id in {ask.answerer_id, ask.asker_id}:
            _see(uow, ask, event.user_id, _reactions(uow, ask))


def catch_up(uow: UnitOfWork, ask: AskRow) -> None:
    """What arrived before the ask itself counts, too, in the order in which it was said."""
    for place in queries.places_of(uow, ask.id):
        if place.is_direct:
            continue  # what is said there has to be passed on
        where = (uow.session, uow.team_id, place.channel_id)
        for reply in message_store.replies(*where, place.root_ts):
            _hear(uow, ask, reply)
    reactions = _reactions(uow, ask)
    for user_id in (ask.answerer_id, ask.asker_id):
        _see(uow, ask, user_id, reactions)
    _catch_up_in_channel(uow, ask)


def _hear(uow: UnitOfWork, ask: AskRow, message: StoredMessage) -> None:
    if message.ts == ask.message_ts or ask.state not in UNSETTLED:
        return
    if message.at <= _answerable_since(uow, ask):
        return
    role = role_of(message.user_id, asker_id=ask.asker_id, answerer_id=ask.answerer_id)
    if role is Role.OTHER and _is_asked_too(uow, ask, message.user_id):
        return  # each of those who are asked by name answers for themselves
    if not message.is_kept and not message.text:
        meaning = Meaning.ANSWER if role is Role.ANSWERER else Meaning.NOTHING
    else:
        meaning = replies.meaning(message.text, role, showing.said_in(uow, ask))
    _take(uow, ask, meaning, message)


def _answerable_since(uow: UnitOfWork, ask: AskRow) -> datetime:
    """When an ask could first be answered: what was said before it was complete is no answer."""
    text = queries.text(uow, ask.text_id)
    is_completed = text is not None and bool(text.completes_ts)
    return max(ask.asked_at, text.made_at) if text and is_completed else ask.asked_at


def _is_asked_too(uow: UnitOfWork, ask: AskRow, user_id: str) -> bool:
    same = queries.of_message(uow, ask.channel_id, ask.message_ts) if ask.message_ts else ()
    return not ask.group_id and any(
        each.answerer_id == user_id and each.parent_id is None for each in same
    )


def _take(uow: UnitOfWork, ask: AskRow, meaning: Meaning, message: StoredMessage) -> None:
    by = message.user_id
    match meaning:
        case Meaning.ANSWER:
            settling.settle(uow, ask, State.ANSWERED, by=by, how=How.REPLY)
        case Meaning.DECLINE:
            settling.settle(uow, ask, State.DECLINED, by=by, how=How.REPLY)
        case Meaning.SOLVED:
            settling.settle(uow, ask, State.ANSWERED, by=by, how=How.ASKER)
        case Meaning.NEVER_MIND:
            settling.settle(uow, ask, State.WITHDRAWN, by=by, how=How.ASKER)
        case Meaning.ACCEPT | Meaning.HOLDING:
            accept(uow, ask, by)
        case Meaning.ASKS_BACK:
            turning.turn(uow, ask, Place(message.channel_id, message.ts, message.thread_root), by)
            reverse = turning.reverse_of(uow, ask)
            if reverse is not None:
                catch_up(uow, reverse)
        case Meaning.NOTHING:
            pass


def accept(uow: UnitOfWork, ask: AskRow, by: str) -> bool:
    """The answerer is on it: the due time stays, and nobody nudges before it."""
    if by != ask.answerer_id or ask.state == State.ACCEPTED:
        return False
    return queries.move(uow, ask, State.ACCEPTED, by=by, nudge_at=ask.due_at)


def _see(
    uow: UnitOfWork, ask: AskRow, user_id: str, reactions: Mapping[str, frozenset[str]]
) -> None:
    set_now = reactions.get(user_id, frozenset())
    emoji: tuple[str, ...] = uow.setting(settings.DONE_EMOJI)
    is_done = bool(set_now & frozenset[str](emoji))
    is_answerer = user_id == ask.answerer_id
    if is_done:
        settling.settle(uow, ask, State.ANSWERED, by=user_id, how=How.REACTION)
    elif ask.closed_how == How.REACTION and ask.closed_by == user_id:
        settling.reopen(uow, ask)
    elif is_answerer and set_now & EYES:
        accept(uow, ask, user_id)
    elif is_answerer and ask.state == State.ACCEPTED and _accepted_by_eyes(uow, ask):
        queries.move(uow, ask, State.OPEN, by=user_id, nudge_at=uow.now)


def _reactions(uow: UnitOfWork, ask: AskRow) -> Mapping[str, frozenset[str]]:
    """How people react to any of the messages of an ask.

    What the asker says to what they were told directly is left out: that they saw it.
    """
    found: dict[str, frozenset[str]] = {}
    for place in queries.places_of(uow, ask.id):
        where = (uow.session, uow.team_id, place.channel_id, place.ts)
        for user_id, emoji in message_store.reactions_to(*where):
            if not place.is_direct or user_id != ask.asker_id:
                found[user_id] = found.get(user_id, frozenset()) | {emoji}
    return found


def _accepted_by_eyes(uow: UnitOfWork, ask: AskRow) -> bool:
    """Whether it was 👀 and nothing else that said so."""
    said = message_store.ever_reacted(
        uow.session, uow.team_id, ask.channel_id, ask.message_ts, next(iter(EYES))
    )
    replied = message_store.replies(uow.session, uow.team_id, ask.channel_id, ask.root_ts)
    return ask.answerer_id in said and all(each.user_id != ask.answerer_id for each in replied)


def _may_be_answered(ask: AskRow, message: StoredMessage) -> bool:
    """Whether a message stands where what was asked may be answered beside its thread."""
    is_beside = ask.root_ts == ask.message_ts and not message.is_reply
    is_open = ask.relation != Relation.TURNED and ask.state in WAITING
    return is_beside and is_open and message.at > ask.asked_at


def _before(uow: UnitOfWork, message: StoredMessage) -> Sequence[tuple[str, datetime, str]]:
    """The last two messages before one in its channel: one of them may be what was asked."""
    where = (uow.session, uow.team_id, message.channel_id)
    return message_store.newest_beside(*where, message.at, newest=2)


def _is_answer(
    uow: UnitOfWork,
    ask: AskRow,
    message: StoredMessage,
    before: Sequence[tuple[str, datetime, str]],
) -> bool:
    """Whether a message beside the thread answers the question."""
    if not _may_be_answered(ask, message) or message.at <= _answerable_since(uow, ask):
        return False
    since = [each for each in before if each[2] != ask.message_ts and each[1] >= ask.asked_at]
    last_by, last_at, _ = since[0] if since else (ask.asker_id, None, "")
    return answers_in_channel(
        message,
        showing.said_in(uow, ask),
        asker_id=ask.asker_id,
        last_at=last_at,
        is_next=not since or (last_by == ask.asker_id and not _others_wrote(uow, ask, message)),
    )


def _others_wrote(uow: UnitOfWork, ask: AskRow, message: StoredMessage) -> bool:
    """Whether others than its asker wrote between what was asked and a message."""
    between = (uow.session, uow.team_id, ask.channel_id, ask.asked_at, message.at)
    return message_store.others_beside(*between, than=ask.asker_id, but=ask.message_ts)


def _catch_up_in_channel(uow: UnitOfWork, ask: AskRow) -> None:
    if ask.root_ts != ask.message_ts or ask.state not in WAITING or not ask.message_ts:
        return
    where = (uow.session, uow.team_id, ask.channel_id, instant_of(ask.message_ts), uow.now)
    said = message_store.said_in(*where, user_id=ask.answerer_id)
    if said:
        showing.read_ahead(uow, [ask])
    for message in said:
        if _is_answer(uow, ask, message, _before(uow, message)):
            _hear(uow, ask, message)
