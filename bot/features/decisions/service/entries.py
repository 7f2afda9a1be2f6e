"""Logging from where no form can be opened: a private button leads to one."""

from bot.core import attention, channels, message_store, people
from bot.core.events import MessagePosted, ReactionAdded, instant_of
from bot.core.message_store import StoredMessage
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.messages import entries as messages
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import entries as rules
from bot.features.decisions.rules import offers
from bot.features.decisions.rules.registry import Place
from bot.features.decisions.service import capture, recording, threads
from bot.features.decisions.service.spoken import Picked


def open_log_form(
    uow: UnitOfWork, user_id: str, channel_id: str, message_ts: str, *, plainly: bool
) -> Reply:
    """Opens the form that logs a message's thread, or says why there is none."""
    message = message_store.find(uow.session, uow.team_id, channel_id, message_ts)
    if not capture.can_be_found(uow, user_id, channel_id):
        return Answer(capture_words.invite_me_first())
    if message is None:
        return Answer(messages.not_known())
    place = Place(channel_id, message_ts, message.thread_root)
    picked = Picked(place, message.user_id, message.text)
    return capture.open_form(uow, user_id, picked, plainly=plainly)


def hear_reaction(event: ReactionAdded, uow: UnitOfWork) -> None:
    """Answers whoever reacts with the emoji that logs decisions, once for each message."""
    emoji = uow.setting(rules.REACTION, channel_id=event.channel_id)
    if event.emoji != emoji or uow.now - instant_of(event.event_ts) > rules.FRESH:
        return
    place = (uow.session, uow.team_id, event.channel_id, event.ts)
    if (event.user_id, emoji) not in message_store.reactions_to(*place):
        return  # it was taken back before this arrived
    message = message_store.find(*place)
    in_thread = message.thread_root if message is not None and message.is_reply else None
    if message is not None:
        row = queries.of_thread(uow, event.channel_id, message.thread_root)
    else:
        row = recording.of_card(uow, event.channel_id, event.ts)
    _answer(uow, event.user_id, (event.channel_id, event.ts), message, row, in_thread=in_thread)


def hear_request(event: MessagePosted, uow: UnitOfWork) -> None:
    """Answers whoever tells Baton to log a thread, or what they write themselves."""
    if uow.now - event.at > rules.FRESH:
        return
    request = message_store.current(uow.session, event)
    if request is None or rules.asked_to_log(request.text) != uow.workspace.bot_user_id:
        return
    message = _meant(uow, request) if request.is_reply else request
    in_thread = request.thread_root if request.is_reply else None
    row = queries.of_thread(uow, event.channel_id, request.thread_root)
    _answer(uow, event.user_id, (event.channel_id, event.ts), message, row, in_thread=in_thread)


def _meant(uow: UnitOfWork, request: StoredMessage) -> StoredMessage | None:
    """What is logged of a thread: the message that settles it, or else its first one."""
    place = (request.channel_id, request.thread_root)
    root = message_store.find(uow.session, uow.team_id, *place)
    said = [each for each in threads.said(uow, place) if each.ts != request.ts]
    return offers.settled(said) or root


def _answer(
    uow: UnitOfWork,
    user_id: str,
    asked_at: tuple[str, str],
    message: StoredMessage | None,
    row: DecisionRow | None,
    *,
    in_thread: str | None,
) -> None:
    channel_id, ts = asked_at
    channel = channels.find(uow.session, uow.team_id, channel_id)
    is_there = channel is not None and channel.is_member
    if not is_there or uow.workspace.is_paused or not _may_log(uow, user_id):
        return
    if row is not None:
        told = capture.told_of(uow, user_id, recording.decision(uow, row))
    elif message is not None:
        told = messages.may_be_logged(channel_id, message.ts)
    else:
        told = messages.not_known()
    uow.outbox.whisper(
        f"decisions:entry:{channel_id}:{ts}:{user_id}",
        channel_id,
        user_id,
        told,
        drop_after=uow.now + rules.WORTH_READING,
        thread_ts=in_thread,
    )


def _may_log(uow: UnitOfWork, user_id: str) -> bool:
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and person.is_member and not attention.is_off(uow, user_id)
