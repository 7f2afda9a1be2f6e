"""The one way to an ask by a button, a form or a direct reply: who may deal with it just now.

An old message outlives its reader's place in a channel, so this is asked at every use.
"""

from typing import Final
from uuid import UUID

from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, sight
from bot.features.asks import queries
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow, AskTextRow
from bot.features.asks.service import showing

_SENTENCES: Final = {Sight.CLOSED: answers.CANNOT_OPEN, Sight.UNSURE: answers.NOT_SURE}


class Refused(Exception):
    """Somebody cannot deal with this ask now; `sentence` tells them why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def theirs(uow: UnitOfWork, ask_id: UUID | None, user_id: str) -> AskRow:
    """The ask, which is for this person to answer; raises Refused."""
    ask = queries.get(uow, ask_id) if ask_id else None
    if ask is None or ask.answerer_id != user_id:
        raise Refused(answers.NOT_YOURS)
    return _open_to(uow, ask, user_id)


def own(uow: UnitOfWork, ask_id: UUID | None, user_id: str) -> AskRow:
    """The ask, which this person waits for; raises Refused."""
    ask = queries.get(uow, ask_id) if ask_id else None
    if ask is None or ask.asker_id != user_id:
        raise Refused(answers.NOT_YOUR_ASK)
    return _open_to(uow, ask, user_id)


def own_text(uow: UnitOfWork, text_id: str, user_id: str) -> AskTextRow:
    """What this person composed, or pointed at; raises Refused."""
    text = queries.text(uow, known_id(text_id))
    if text is None or text.asker_id != user_id:
        raise Refused(answers.NOT_YOUR_ASK)
    if text.channel_id and not text.message_ts:
        _refuse_unless_open(sight(uow, user_id, text.channel_id))
    return text


def why_not(uow: UnitOfWork, ask: AskRow, user_id: str) -> str:
    """Why somebody may not see where it was asked; empty if they may."""
    return _SENTENCES.get(sight_of(uow, ask, user_id), "")


def sight_of(uow: UnitOfWork, ask: AskRow, user_id: str) -> Sight:
    """Whether somebody may see where it was asked; directly, it came to those whom it concerns."""
    if not ask.channel_id or ask.channel_id.startswith("D") or showing.is_elsewhere(uow, ask):
        return Sight.OPEN
    return sight(uow, user_id, ask.channel_id)


def _open_to(uow: UnitOfWork, ask: AskRow, user_id: str) -> AskRow:
    _refuse_unless_open(sight_of(uow, ask, user_id))
    return ask


def _refuse_unless_open(seen: Sight) -> None:
    if seen is not Sight.OPEN:
        raise Refused(_SENTENCES[seen])
