"""What only the author of a message sees beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Element, Message, actions, button, section
from bot.core.render import Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.core.response_clock import ClockPolicy
from bot.features.asks.messages.absences import ask_instead, stands_in
from bot.features.asks.messages.names import ESCALATE, MAKE_URGENT, TIME
from bot.features.asks.rules.settings import in_words
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

_REMINDED: Final = " I have reminded them."
_ON_IT: Final = " They said that they are on it."
_ASK_OTHERS: Final = "Ask somebody else, too"


def wait(ask: AskShown) -> Message:
    """Somebody chases before the time that was promised."""
    if f"{ask.due:%d%H%M}" == f"{ask.due_there:%d%H%M}":
        text = mrkdwn(
            "{who} has until {due} for {question}. I remind them then, so you need not.",
            who=Mention(ask.answerer_id),
            due=local_time(ask.due, ask.asked),
            question=_question(ask),
        )
        return _hint(ask, text)
    text = mrkdwn(
        "{who} has until {there} in their day, which is {due} in yours, for {question}. "
        "I remind them then, so you need not.",
        who=Mention(ask.answerer_id),
        there=local_time(ask.due_there, ask.asked),
        due=local_time(ask.due, ask.asked),
        question=_question(ask),
    )
    return _hint(ask, text)


def overdue(ask: AskShown, *, was_reminded: bool) -> Message:
    """Somebody chases after the time that was promised: there is something they can do."""
    known = _REMINDED if was_reminded else ""
    known = _ON_IT if ask.state is State.ACCEPTED else known
    text = mrkdwn(
        "{who} has not answered {question} yet; it was due {due}.{known} You can ask somebody "
        "else, too.",
        question=_question(ask),
        due=local_time(ask.due, ask.asked),
        known=known,
        who=Mention(ask.answerer_id),
    )
    return _hint(ask, text, button(_ASK_OTHERS, ESCALATE, ask.id))


def which_time(
    ask_id: str, words: str, choices: Sequence[datetime], now: datetime | None = None
) -> Message:
    """A deadline can be read in several ways; `choices` are in the author's time."""
    text = mrkdwn(
        "“{words}” can be read in more than one way: when do you mean? Until you say so the usual "
        "time holds.",
        words=words,
    )
    buttons = [
        button(local_time(at, now), TIME, f"{ask_id}|{int(at.timestamp())}") for at in choices[:4]
    ]
    return Message(text, [section(text), actions(buttons)])


def _hint(ask: AskShown, text: Mrkdwn, *elements: Element) -> Message:
    """A hint with its buttons, and with who stands in where somebody is away."""
    if ask.stand_in is not None:
        text = join(" ", [text, stands_in(ask.stand_in)])
        elements = (ask_instead(ask.stand_in), *elements)
    return Message(text, [section(text), actions(elements)]) if elements else Message(text)


def _question(ask: AskShown) -> str:
    return f"“{shorten(ask.quote, 80)}”" if ask.quote else "your question"


def offer_urgent(ask_id: str, within: ClockPolicy) -> Message:
    """A message presses; to be urgent it needs a reason."""
    text = mrkdwn(
        "That sounds urgent. An urgent ask is due within {within}, and needs a reason.",
        within=in_words(within),
    )
    return Message(text, [section(text), actions([button("Make it urgent", MAKE_URGENT, ask_id)])])


def is_over(answerer_id: str, due: datetime) -> Message:
    """An edit names a time that has passed; `due` is the author's time."""
    return Message(
        mrkdwn(
            "The time you wrote has passed already, so I left it: {who} has until {due}.",
            who=Mention(answerer_id),
            due=local_time(due),
        )
    )


def no_time(why: str) -> Message:
    """A deadline is over, or nobody knows when it is; `why` says so."""
    return Message(mrkdwn("{why} Until you change your message the usual time holds.", why=why))
