"""What asks keep of people: how long, how it is given out and erased."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.core import attention, boards, message_store
from bot.core.events import MessageDeleted, MessageEdited, SettingChanged
from bot.core.keeping import Kept, Record, as_data, plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import about
from bot.features.asks.models import (
    AskNoticeRow,
    AskPlaceRow,
    AskRow,
    AskStandingRow,
    AskStepRow,
    AskTextRow,
    ScheduledRow,
    UrgentWeekRow,
)
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import UNSETTLED, How, State
from bot.features.asks.service import drawing, notices, settling

KEPT_FOR: Final = timedelta(days=365)
_PLANS: Final = {"request_id", "look_at", "is_ask", "author_id"}
_OURS: Final = {"nudge_at", "text_id", "parent_id", "round", "seconds_left", "clock_from"}


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Forgets what somebody asked for and was asked for; what they asked is withdrawn."""
    for ask in queries.of_person(uow, user_id):
        if ask.state in UNSETTLED:
            settling.settle(uow, ask, State.WITHDRAWN, how=How.OTHER)
        notices.erase(uow, ask, user_id)
        if ask.answerer_id == user_id:
            drawing.erase_answers(uow, ask)
    for text in queries.texts_of(uow, user_id):
        drawing.erase(uow, text)
    forget_words(uow, queries.pointed_from(uow, user_id), user_id)
    return queries.forget_author(uow, user_id) + queries.forget_person(uow, user_id)


def forget_words(uow: UnitOfWork, texts: Sequence[AskTextRow], author_id: str) -> None:
    """Forgets words of somebody's to which others wait for a reply, and no longer shows them."""
    for text in texts:
        for ask in queries.of_text(uow, text.id):
            notices.erase(uow, ask, author_id)
        queries.empty_text(uow, text)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Whoever wants to be left alone is not quoted to those who wait for their reply."""
    if attention.is_off(uow, event.scope_id):
        forget_words(uow, queries.pointed_from(uow, event.scope_id), event.scope_id)


def follow_edit(event: MessageEdited, uow: UnitOfWork) -> None:
    """What somebody asked, or pointed at, says something else now."""
    for ask in queries.of_message(uow, event.channel_id, event.ts):
        boards.touch(uow, [ask.asker_id, ask.answerer_id])
    message = message_store.find(uow.session, uow.team_id, event.channel_id, event.ts)
    for text in queries.pointed_at(uow, event.channel_id, event.ts):
        if message is not None and message.is_kept:
            queries.set_words(uow, text, Words(message.text))


def follow_deletion(event: MessageDeleted, uow: UnitOfWork) -> None:
    """What somebody pointed at is gone, and so are its words."""
    for text in queries.pointed_at(uow, event.channel_id, event.ts):
        forget_words(uow, [text], text.author_id)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody asked for and was asked for, and their own words in forms."""
    asks = [as_data(ask, leave_out=_OURS) for ask in queries.of_person(uow, user_id)]
    texts = [
        as_data(text, leave_out={"request_id", "is_kept"})
        for text in queries.texts_of(uow, user_id)
    ]
    pointed = [
        {"said": text.what, "waited_for": plain(text.made_at)}
        for text in queries.pointed_from(uow, user_id)
    ]
    said = [
        {"said": step.words, "step": step.step, "at": plain(step.at)}
        for step in queries.words_of(uow, user_id)
    ]
    later = [as_data(row, leave_out=_PLANS) for row in queries.scheduled_by(uow, user_id)]
    return [*asks, *texts, *pointed, *said, *later]


def purge(uow: UnitOfWork, days: int) -> int:
    """Deletes old words, and asks of more than a year ago."""
    before = uow.now - timedelta(days=max(days, 1))
    emptied = queries.empty_texts(uow, before) + queries.forget_scheduled(uow, before)
    return emptied + queries.forget_old(uow, uow.now - KEPT_FOR)


KEPT: Final = Kept(
    "asks",
    about.KEEPS,
    about.KEPT_FOR,
    (
        AskPlaceRow,
        AskStandingRow,
        AskStepRow,
        AskNoticeRow,
        AskTextRow,
        ScheduledRow,
        UrgentWeekRow,
        AskRow,
    ),
    export,
    erase,
    purge,
)
