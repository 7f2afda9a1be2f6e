"""Every statement on the coach's table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, storable
from bot.core.events import MessagePosted
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.models import HintRow, WordingRow
from bot.features.coach.rules.catalogue import Part
from bot.features.coach.rules.wordings import LATE, About, Job, State, Wording


def record_hint(uow: UnitOfWork, event: MessagePosted, rule: str, mode: str) -> bool:
    """Notes that a message gets a hint, or would; returns False if it was noted before."""
    row = {
        "team_id": uow.team_id,
        "channel_id": event.channel_id,
        "ts": event.ts,
        "rule": rule,
        "mode": mode,
        "given_at": uow.now,
    }
    return insert_new(uow.session, HintRow, [row]) == 1


def hints_at(uow: UnitOfWork, places: Iterable[tuple[str, str]]) -> Sequence[HintRow]:
    """The hints for the messages in these places: (channel, ts)."""
    found = (uow.session.get(HintRow, (uow.team_id, *place)) for place in places)
    return [hint for hint in found if hint is not None]


def forget(uow: UnitOfWork, places: Iterable[tuple[str, str]]) -> int:
    """Deletes the hints for the messages in these places; returns how many."""
    hints = hints_at(uow, places)
    for hint in hints:
        uow.session.delete(hint)
    return len(hints)


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes the hints given before then; returns how many."""
    old = (HintRow.team_id == uow.team_id) & (HintRow.given_at < before)
    return affected(uow.session, delete(HintRow).where(old))


def wording(uow: UnitOfWork, wording_id: UUID | None) -> Job | None:
    """What is, or was, worded under this id."""
    row = uow.session.get(WordingRow, (uow.team_id, wording_id)) if wording_id else None
    return _job(row) if row is not None else None


def wording_about(uow: UnitOfWork, about: About) -> Job | None:
    """What is, or was, worded for somebody about a message."""
    row = uow.session.scalars(select(WordingRow).where(*_wording_about(uow, about))).first()
    return _job(row) if row is not None else None


def add_wording(
    uow: UnitOfWork, about: About, rev: str, state: State, missing: Sequence[Part] = ()
) -> Job | None:
    """Has something worded, or notes (`done`) that there is nothing to wait for.

    None: somebody was faster.
    """
    job = Job(new_id(), about, rev, state, uow.now, tuple(missing), {})
    row = {
        "team_id": uow.team_id,
        "id": job.id,
        "kind": about.kind.value,
        "user_id": about.user_id,
        "channel_id": about.channel_id,
        "ts": about.ts,
        "rev": rev,
        "state": state.value,
        "made_at": uow.now,
        "claimed_at": None,
        "missing": [part.value for part in missing],
        "parts": {},
    }
    return job if insert_new(uow.session, WordingRow, [row]) == 1 else None


def wordings_due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, id) of what waits to be worded, or was left undone by whoever took it on."""
    left = (WordingRow.state == State.DRAFTING) & (WordingRow.claimed_at <= now - LATE)
    rows = select(WordingRow.team_id, WordingRow.id).where(
        WordingRow.state != State.DONE, (WordingRow.state == State.WAITING) | left
    )
    found = session.execute(rows.order_by(WordingRow.made_at).limit(limit))
    return [(team_id, wording_id) for team_id, wording_id in found]


def claim_wording(uow: UnitOfWork, wording_id: UUID) -> Job | None:
    """Takes something on, as it was before; None if somebody was faster."""
    row = uow.session.get(WordingRow, (uow.team_id, wording_id), populate_existing=True)
    if row is None:
        return None
    before = _job(row)
    claimed = update(WordingRow).where(
        WordingRow.team_id == uow.team_id,
        WordingRow.id == wording_id,
        WordingRow.state == before.state,
        (WordingRow.state == State.WAITING) | (WordingRow.claimed_at <= uow.now - LATE),
    )
    values = {"state": State.DRAFTING, "claimed_at": uow.now}
    taken = affected(uow.session, claimed.values(**values)) == 1
    uow.session.expire(row)
    return before if taken else None


def finish_wording(uow: UnitOfWork, job: Job, parts: Mapping[str, str]) -> bool:
    """Keeps the words of a draft's new version; False: nobody waits for it any more."""
    mine = (WordingRow.team_id == uow.team_id, WordingRow.id == job.id, WordingRow.rev == job.rev)
    done = update(WordingRow).where(*mine, WordingRow.state == State.DRAFTING)
    kept = {name: storable(words) for name, words in parts.items()}
    return affected(uow.session, done.values(state=State.DONE, parts=kept)) == 1


def drop_wording(uow: UnitOfWork, wording_id: UUID) -> bool:
    """Deletes what was worded, or was to be; returns False if it is gone."""
    one = (WordingRow.team_id == uow.team_id) & (WordingRow.id == wording_id)
    return affected(uow.session, delete(WordingRow).where(one)) == 1


def drafts_at(uow: UnitOfWork, channel_id: str, ts: str) -> Sequence[Job]:
    """The reviewed drafts in a place."""
    rows = select(WordingRow).where(
        WordingRow.team_id == uow.team_id,
        WordingRow.channel_id == channel_id,
        WordingRow.ts == ts,
        WordingRow.kind == Wording.DRAFT,
    )
    return [_job(row) for row in uow.session.scalars(rows)]


def drop_wordings_of(uow: UnitOfWork, user_id: str) -> int:
    """Deletes everything that was worded for somebody; returns how many."""
    theirs = (WordingRow.team_id == uow.team_id) & (WordingRow.user_id == user_id)
    return affected(uow.session, delete(WordingRow).where(theirs))


def drop_old_wordings(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was worded before then; returns how many."""
    old = (WordingRow.team_id == uow.team_id) & (WordingRow.made_at < before)
    return affected(uow.session, delete(WordingRow).where(old))


def _wording_about(uow: UnitOfWork, about: About) -> tuple[ColumnElement[bool], ...]:
    return (
        WordingRow.team_id == uow.team_id,
        WordingRow.kind == about.kind,
        WordingRow.user_id == about.user_id,
        WordingRow.channel_id == about.channel_id,
        WordingRow.ts == about.ts,
    )


def _job(row: WordingRow) -> Job:
    about = About(Wording(row.kind), row.user_id, row.channel_id, row.ts)
    missing = tuple(Part(each) for each in row.missing)
    return Job(row.id, about, row.rev, State(row.state), row.made_at, missing, dict(row.parts))
