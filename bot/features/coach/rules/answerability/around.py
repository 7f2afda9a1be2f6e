"""What stands around a message: whether it says what the message itself leaves out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.answerability.hello import (
    greets,
    greets_only,
    is_to_somebody_in_front,
    names_one,
)
from bot.features.coach.rules.reading import Reading, read
from bot.features.coach.rules.situation import Situation

CONTEXT: Final = timedelta(hours=8)
"""An author's own message of so long ago may still say what the next one is about."""
TALK: Final = timedelta(minutes=30)
"""A conversation with longer pauses is none."""
NEAR: Final = 6
_NAME: Final = re.compile(r"[^\W_][\w-]*")


def own_before(situation: Situation, within: timedelta) -> Iterator[Reading]:
    """The author's earlier messages within a time, the newest first."""
    for said in reversed(situation.before):
        if said.user_id == situation.message.user_id and _since(situation, said) <= within:
            yield read(said.text)


def own_after(situation: Situation) -> Iterator[Reading]:
    """What the author went on to say."""
    for said in situation.after:
        if said.user_id == situation.message.user_id:
            yield read(said.text)


def begins(situation: Situation) -> bool:
    """Whether the message begins something: what others said cannot be what it leaves out."""
    return situation.is_first or not situation.before


def is_in_return(reading: Reading, situation: Situation) -> bool:
    """Whether a greeting answers somebody: one who greeted, or who spoke to the author."""
    others = [(said, read(said.text)) for said in _others(situation)]
    if is_to_somebody_in_front(reading) or _is_to_one_of(others, reading):
        return True
    if not begins(situation) and names_one(reading):
        return True
    if any(greets_only(said) or _welcomes(said) for _, said in others):
        return True
    author = situation.message.user_id
    return any(_names(said, author) for _, said in others[:2]) or any(
        _introduces(said) for _, said in others[:1]
    )


def names_around(situation: Situation) -> frozenset[str]:
    """What people who spoke before are called, as far as their ids tell: in lower case."""
    return frozenset(
        said.user_id.casefold() for said in situation.before if _NAME.fullmatch(said.user_id)
    )


def _others(situation: Situation) -> Iterator[StoredMessage]:
    for said in reversed(situation.before[-NEAR:]):
        if said.user_id != situation.message.user_id and _since(situation, said) <= TALK:
            yield said


def _since(situation: Situation, said: StoredMessage) -> timedelta:
    return situation.message.at - said.at


def _is_to_one_of(others: list[tuple[StoredMessage, Reading]], reading: Reading) -> bool:
    speakers = {said.user_id for said, _ in others}
    names = {each.casefold() for each in speakers}
    return not (speakers.isdisjoint(reading.mentions) and names.isdisjoint(reading.words[:NEAR]))


def _names(said: Reading, user_id: str) -> bool:
    return user_id in said.mentions or user_id.casefold() in said.words


def _welcomes(reading: Reading) -> bool:
    return reading.length <= NEAR and greets(reading) and not reading.questions


def _introduces(reading: Reading) -> bool:
    return greets(reading) and not reading.questions
