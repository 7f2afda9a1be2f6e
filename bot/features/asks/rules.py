"""What is an ask, when it is due, and what closes it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core import response_clock
from bot.core.agreement.kinds import Number, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.evals import MessageRow, QuestionRow, Row, Verdict
from bot.core.events import ChannelKind, MessagePosted, ReactionAdded
from bot.core.message_store import StoredMessage
from bot.core.prose import addressed_in, prose
from bot.core.response_clock import ClockPolicy, CountedIn
from bot.core.working_time import WorkingTime


class State(StrEnum):
    """Where an ask stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Final = {
    State.OPEN: frozenset({State.OVERDUE, State.ANSWERED, State.WITHDRAWN}),
    State.OVERDUE: frozenset({State.ANSWERED, State.WITHDRAWN}),
    State.ANSWERED: frozenset[State](),
    State.WITHDRAWN: frozenset[State](),
}
WAITING: Final = frozenset({State.OPEN, State.OVERDUE})
DONE_EMOJI: Final = frozenset({"white_check_mark", "heavy_check_mark", "ballot_box_with_check"})
KEPT_FOR: Final = timedelta(days=365)
SLIP_OF_THE_PEN: Final = timedelta(hours=1)
"""An edit within this time corrects a question; a later one asks a new one."""

REMINDERS: Final = Setting[bool](
    "asks.reminders",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Reminders",
    hint="One direct message when an answer of yours is overdue",
)
ANSWER_WITHIN: Final = Setting[int](
    "asks.answer_within",
    Number(1, 10, "working days"),
    1,
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Answer within",
    "How many of the answerer's own working days a question may take",
)

_QUESTION: Final = re.compile(r"\?(?=[\s\"')\].!?]|$)")
_REQUEST: Final = re.compile(
    r"\b(?:(?:can|could|would|will) you|please|i need you to|let me know|have a look at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskShown:
    """An ask as one reader sees it: who and where by id, times in the reader's own zone."""

    id: str
    asker_id: str
    answerer_id: str
    channel_id: str
    message_ts: str
    permalink: str
    quote: str | None
    asked: datetime
    due: datetime
    is_overdue: bool


def asks_somebody(event: MessagePosted) -> bool:
    """Whether a message in a channel asks the people it mentions for an answer or an action."""
    return (
        event.kind is not ChannelKind.DIRECT
        and any(user_id != event.user_id for user_id in event.mentions)
        and expects_reply(event.text)
    )


def asked_in(message: StoredMessage) -> tuple[str, ...]:
    """Ids of the people whom a message asks for something, without its author, in order."""
    if not expects_reply(message.text):
        return ()
    return tuple(user_id for user_id in addressed_in(message.text) if user_id != message.user_id)


def asked_at(message: StoredMessage) -> datetime:
    """When the clock starts: a message that was changed long after it was written asks anew."""
    is_late = message.edited_at is not None and message.edited_at - message.at > SLIP_OF_THE_PEN
    return message.edited_at if is_late and message.edited_at else message.at


def expects_reply(text: str) -> bool:
    """Whether somebody's own words, quotes and code left out, ask for something."""
    words = prose(text)
    return bool(_QUESTION.search(words) or _REQUEST.search(words))


def may_answer(event: MessagePosted) -> bool:
    """Whether a message could be an answer: it replies in a thread."""
    return event.in_thread


def answers(author_id: str, *, asked: Collection[str], asker_id: str) -> bool:
    """Whether a later message settles an ask; where nobody is asked by name, anybody may."""
    return author_id in asked if asked else author_id != asker_id


def means_done(event: ReactionAdded) -> bool:
    """Whether a reaction says that something is done."""
    return event.emoji in DONE_EMOJI


def due_at(asked_at: datetime, answerer: WorkingTime, *, days: int = 1) -> datetime:
    """The instant by which an answer was promised: `days` of the answerer's working days."""
    within = ClockPolicy(timedelta(days=days), CountedIn.WORKING_DAYS)
    return response_clock.due(asked_at, within, answerer)


def may_become(state: State, following: State) -> bool:
    """Whether the table of transitions allows a step."""
    return following in TRANSITIONS[state]


def states_before(following: State) -> frozenset[State]:
    """The states from which `following` can be reached."""
    return frozenset(state for state in State if may_become(state, following))


def judge_message(row: Row) -> Verdict:
    """Whether a labelled message is an ask; none is urgent yet. Raises RowUnfit."""
    return {"expects_reply": expects_reply(MessageRow.read(row).text), "urgent": False}


def judge_thread(row: Row) -> Verdict:
    """Which message of a labelled conversation would close the ask. Raises RowUnfit."""
    thread = QuestionRow.read(row)
    closing = (
        number
        for number, said in thread.after_question()
        if answers(said.user, asked=thread.asked, asker_id=thread.asker)
    )
    return {"answer_index": next(closing, None)}
