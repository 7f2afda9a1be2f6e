"""What stands around a message: who spoke, to whom, and what its author said besides."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.features.coach.rules.answerability import hello
from bot.features.coach.rules.answerability.clauses import plainly
from bot.features.coach.rules.answerability.courtesy import without_greeting
from bot.features.coach.rules.reading import Reading, read
from bot.features.coach.rules.situation import Situation

CONTEXT: Final = timedelta(hours=8)
"""An author's own message of so long ago may still say what the next one is about."""
TALK: Final = timedelta(minutes=30)
"""A conversation with longer pauses is none."""
NEAR: Final = 6
"""So many messages back are looked at for what others said."""
_LAST: Final = 2
_CALLS: Final = regex(
    r"\bwho(?:'s| is) (?:here|there|around)\b|\broll ?call\b|\bstartmeeting\b|\bjoined\b|"
    r"\blet'?s (?:start|begin|get started)\b|\bintroduc|\bnew here\b|\bfirst day\b"
)
"""A meeting begins, or somebody is new: people greet."""


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


def is_spoken_to(situation: Situation) -> bool:
    """Whether somebody has just spoken to the author by name."""
    author = situation.message.user_id
    latest = [said for said, _ in zip(_others(situation), range(_LAST), strict=False)]
    readings = [read(said.text) for said in latest]
    return any(_names(said, author) and not hello.greets_only(said) for said in readings)


def begins(reading: Reading, situation: Situation) -> bool:
    """Whether nothing said before tells what a message is about: a greeting opens a talk, too."""
    if situation.is_first or not situation.before:
        return True
    author = situation.message.user_id
    speakers = {said.user_id for said in situation.before}
    _, greets = without_greeting(plainly(reading.words))
    return greets and author not in speakers


def is_in_return(reading: Reading, situation: Situation) -> bool:
    """Whether a greeting answers one, or is for somebody who is there."""
    if hello.is_to_somebody_in_front(reading):
        return True
    others = [(said.user_id, read(said.text)) for said in _others(situation)]
    speakers = [user_id for user_id, _ in others]
    if any(each in reading.mentions or each.casefold() in reading.words for each in speakers):
        return True
    if situation.before and not situation.is_first and hello.names_one(reading):
        return True
    return any(_asks_for_greetings(said) for _, said in others) or any(
        hello.greets(said) and not said.questions for _, said in others[:1]
    )


def names(situation: Situation) -> frozenset[str]:
    """What people who spoke before are called, as far as their ids tell: in lower case."""
    return frozenset(said.user_id.casefold() for said in situation.before)


def _others(situation: Situation) -> Iterator[StoredMessage]:
    for said in reversed(situation.before[-NEAR:]):
        if said.user_id != situation.message.user_id and _since(situation, said) <= TALK:
            yield said


def _since(situation: Situation, said: StoredMessage) -> timedelta:
    return situation.message.at - said.at


def _asks_for_greetings(said: Reading) -> bool:
    if hello.greets_only(said) or _CALLS.search(said.line):
        return True
    return said.length <= NEAR and hello.greets(said) and not said.questions


def _names(said: Reading, user_id: str) -> bool:
    return user_id in said.mentions or user_id.casefold() in said.words
