"""Completes a message with what its author adds in a form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.core import deadlines, message_store, people
from bot.core.deadlines import Ambiguous
from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.people import Person
from bot.core.ports import Added, Addition, AskLedger, Draft
from bot.core.prose import addressed_in, only_greets
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.coach import queries
from bot.features.coach.messages import completing as words
from bot.features.coach.rules.hint_reference import HintReference
from bot.features.coach.rules.template import Parts, parts_of

COMPLETED: Final = "completed"
_ADDRESS: Final = regex(r"^\s*(?:<@[^<>]+>[\s,:]*)+")


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What the form begins with: the message as people read it, its parts, and whom it names."""

    words: str
    parts: Parts
    people: Sequence[str]


def own_message(uow: UnitOfWork, reference: HintReference, user_id: str) -> StoredMessage | None:
    """Somebody's own message; None: it is gone, or it is not theirs."""
    message = message_store.find(uow.session, uow.team_id, *reference.place)
    return message if message is not None and message.user_id == user_id else None


def prefilled(uow: UnitOfWork, message: StoredMessage) -> Prefilled:
    """What the form begins with."""
    readable = people.readable(uow.session, uow.team_id, message.text)
    named = [each for each in addressed_in(message.text) if _is_member(uow, each, message.user_id)]
    said = people.readable(uow.session, uow.team_id, _ADDRESS.sub("", message.text))
    parts = Parts() if only_greets(message.text) else parts_of(said)
    author = people.find(uow.session, uow.team_id, message.user_id)
    return Prefilled(readable, replace(parts, by=_time_in(uow, author, parts.by)), named)


def deadline(uow: UnitOfWork, author: Person, text: str, whom: Sequence[str]) -> datetime | None:
    """The time in the form, in the author's zone; raises Unreadable."""
    if not text:
        return None
    reader = people.find(uow.session, uow.team_id, whom[0]) if len(whom) == 1 else None
    found = deadlines.read(
        text,
        written=uow.now,
        author=author.working_time,
        reader=reader.working_time if reader else None,
    )
    if isinstance(found, Ambiguous):
        local = author.working_time.local
        raise Unreadable(words.either([local(each) for each in found.choices]))
    return found.at


def complete(
    uow: UnitOfWork, asks: AskLedger, reference: HintReference, addition: Addition
) -> Added:
    """Posts what was added under the message, unless it cannot stand there."""
    added = asks.add(uow, addition)
    if added.is_posted:
        queries.note_outcome(uow, reference.place, reference.rule, COMPLETED)
    return added


def addition(
    message: StoredMessage, draft: Draft, due_at: datetime | None, *, view_id: str
) -> Addition:
    """What one form adds to a message, once."""
    key = f"coach:adds:{view_id}"
    place = (message.channel_id, message.ts, message.thread_root)
    return Addition(key, message.user_id, *place, draft, due_at)


def says_more(uow: UnitOfWork, message: StoredMessage, draft: Draft) -> bool:
    """Whether a form says anything that the message did not say before."""
    known = _plain(people.readable(uow.session, uow.team_id, message.text))
    given = (draft.what, draft.context, draft.proposal)
    return any(_plain(words) not in known for words in given)


def as_text(draft: Draft, by: str) -> str:
    """What was added, to be copied."""
    named = (
        ("", draft.context),
        ("Proposal: ", draft.proposal),
        ("", draft.what),
        ("By when: ", by),
    )
    return "\n".join(f"{label}{words}" for label, words in named if words)


def _time_in(uow: UnitOfWork, author: Person | None, words: str) -> str:
    """The words for a time, if the form would take them."""
    try:
        return words if author is not None and deadline(uow, author, words, ()) else ""
    except Unreadable:
        return ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _is_member(uow: UnitOfWork, user_id: str, author_id: str) -> bool:
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and person.is_member and user_id != author_id
