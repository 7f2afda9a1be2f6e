"""Has a model read somebody's day for their hand-off, and shows what still holds of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, message_store, people, visibility
from bot.core.days import Day
from bot.core.drafting import DRAFTS, Draft, DraftRequest, Place, Said, revision
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.queries import drafts as queries
from bot.features.handoffs.rules import drafting as rules
from bot.features.handoffs.rules.drafting import Cited, Drawn, Fuller
from bot.features.handoffs.service import prefilling, said

GOOD_FOR: Final = timedelta(hours=1)
WORTH_FOR: Final = timedelta(minutes=10)
"""So long after it was opened somebody may still look at a form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model is asked about one channel; `roots` tell the threads of its messages."""

    request: DraftRequest
    roots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """A hand-off that was taken on, and what to ask about its author's day, by channel."""

    note_id: UUID
    author_id: str
    asked: Sequence[Asked]


def want(uow: UnitOfWork, note_id: UUID, person: Person, channel_id: str) -> None:
    """Somebody opens the form of a hand-off: a model is to read their day for it.

    It reads it again if it did a while ago. `channel_id` is where the form says it will be read.
    """
    if uow.setting(DRAFTS) and not attention.is_off(uow, person.user_id):
        since = prefilling.looks_back_to(uow, person)
        wanted = queries.Wanted(note_id, person.user_id, channel_id, since)
        queries.want(uow, wanted, again_before=uow.now - GOOD_FOR)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, hand-off) of what a model is to be asked about, in any workspace."""
    return queries.due(session, now, limit)


def take_on(uow: UnitOfWork, note_id: UUID) -> Task | None:
    """Takes a hand-off on; None if somebody was faster, or nothing may be read for it.

    It is taken on once: without a draft the form is as good as the rules make it.
    """
    if not queries.claim(uow, note_id):
        return None
    row = queries.get(uow, note_id)
    author = people.find(uow.session, uow.team_id, row.user_id) if row is not None else None
    if row is None or author is None or not author.is_member or uow.workspace.is_paused:
        return None
    asked = [_asked(uow, own) for own in _most_said(uow, author, row.since)]
    return Task(note_id, row.user_id, asked) if asked else None


def finish(uow: UnitOfWork, task: Task, found: Sequence[Draft]) -> None:
    """Keeps what a model drew from the channels of a task."""
    row = queries.get(uow, task.note_id, lock=True)
    if row is None or attention.is_off(uow, task.author_id):
        return
    row.lines = [
        line
        for asked, draft in zip(task.asked, found, strict=True)
        for line in rules.as_data(
            rules.drawn(draft, asked.request.material, task.author_id, asked.roots)
        )
    ]


def fuller(uow: UnitOfWork, note_id: UUID) -> Fuller:
    """What a model drew for a hand-off, as far as it holds and its author may see it now."""
    row = queries.get(uow, note_id)
    if row is None or not row.lines or attention.is_off(uow, row.user_id):
        return Fuller()
    drawn = rules.from_data(row.lines)
    seen = visibility.sift(uow, row.user_id, drawn, channel_of=lambda each: each.channel_id).seen
    told = prefilling.open_in(uow, row.channel_id, {each.channel_id for each in seen})
    lines = tuple(each for each in seen if each.channel_id in told and _holds(uow, each))
    named = {each for line in lines for each in line.people.values()}
    shown = [each for each in named if not attention.is_off(uow, each)]
    names = people.names(uow.session, uow.team_id, shown)
    return rules.fuller(
        lines, partial(rules.named, names=names, author_id=row.user_id), partial(_link, uow)
    )


def open_now(uow: UnitOfWork, note_id: UUID) -> str | None:
    """Where the form of a hand-off, which may still be open, says it will be read.

    None: nobody looks at it any more.
    """
    row = queries.get(uow, note_id)
    return row.channel_id if row is not None and row.opened_at > uow.now - WORTH_FOR else None


def _most_said(uow: UnitOfWork, author: Person, since: datetime) -> list[list[StoredMessage]]:
    """What somebody wrote in the channels in which they wrote most, as far as they may see them."""
    own = said.by_channel(uow, Day(author, since, uow.now))
    seen = visibility.sift(
        uow, author.user_id, own, channel_of=lambda messages: messages[0].channel_id
    ).seen
    return sorted(seen, key=len, reverse=True)[: rules.CHANNELS]


def _asked(uow: UnitOfWork, own: Sequence[StoredMessage]) -> Asked:
    messages = {each.ts: each for thread in said.threads(uow, own) for each in thread.said}
    by_age = sorted(messages.values(), key=lambda each: each.at)
    material = rules.material(
        [Said(Place(each.channel_id, each.ts), each.user_id, each.text, each.at) for each in by_age]
    )
    author = material.alias_of(own[0].user_id)
    request = DraftRequest(
        uow.team_id, rules.PROMPT, material, {"author": author}, wanted=rules.WANTED
    )
    return Asked(request, {each.ts: each.thread_root for each in by_age})


def _holds(uow: UnitOfWork, line: Drawn) -> bool:
    """Whether every message that a line rests on still says what it said."""
    stamps = [each.ts for each in line.cited]
    now = message_store.find_all(uow.session, uow.team_id, line.channel_id, stamps)
    return all(
        each.ts in now
        and revision(now[each.ts].text) == each.rev
        and not attention.is_off(uow, now[each.ts].user_id)
        for each in line.cited
    )


def _link(uow: UnitOfWork, line: Drawn, cited: Cited) -> str:
    return uow.workspace.permalink(line.channel_id, cited.ts, cited.root_ts)
