"""Attempts to reach somebody outside of Slack, queued in the same transaction as their reason.

Every row has a key that names the fact, as in the outbox; the same attempt is never queued twice.
A row is leased, and the lease committed, before anybody is called, and one whose outcome is not
known is not repeated: whoever queued it is told, and goes another way. What calls an incident off
rings at nobody's, so it is said again, under the same key, until it is known to have arrived.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, String, Text, case, cast, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import traces
from bot.core.db import Base, affected, insert_new
from bot.core.encryption import Keyring, place
from bot.core.ids import new_id
from bot.core.ports import Act
from bot.core.queue import Queued, State, expire_leases, queue_indexes
from bot.core.unit_of_work import UnitOfWork

CALLER: Final = "caller"
"""The lane that sees to attempts nobody makes; each pager has one beside it, see `lane_of`."""
LONGEST_LANE: Final = 64
AT_ONCE: Final = 100
TRIES: Final = 4
"""How often an incident is called off at most: what is new about it waits for that."""
_CALLS_OFF: Final = frozenset({Act.ACKNOWLEDGE, Act.RESOLVE})


class Outcome(StrEnum):
    """What became of an attempt, as it is told to features."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"  # it may have arrived


class AttemptRow(Queued, Base):
    """One call of a pager, e.g. `sms`; `user_id` is whom it reaches, empty: nobody in particular.

    `payload` is what is said, emptied when it is settled; addresses never stand in it. `trace` is
    the id under which it was queued.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index("uq_attempts_key", "team_id", "key", unique=True),
        *queue_indexes("attempts"),
    )

    key: Mapped[str] = mapped_column(String(128))
    pager: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]
    queued_at: Mapped[datetime] = mapped_column(index=True)
    claimed_at: Mapped[datetime | None]
    trace: Mapped[UUID | None]


def queue(
    uow: UnitOfWork, key: str, pager: str, payload: dict[str, Any], *, user_id: str = ""
) -> bool:
    """Has a pager called; returns whether that is new. `payload` is a `ports.Notice` as data.

    Instead of its link it may have a `link_id`, instead of its text one that is `sealed`: that goes
    to an address which is not confirmed yet. What is said to somebody about one incident is said
    in order: nobody is told that it is over before they were told of it.
    """
    lane = f"{pager}:{user_id}:{payload.get('incident', '')}"
    row_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": row_id,
        "lane": lane[:LONGEST_LANE],
        "urgent": True,
        "not_before": uow.outbox.machine_now,
        "key": key,
        "pager": pager,
        "user_id": user_id,
        "payload": payload,
        "queued_at": uow.now,
        "trace": traces.current(),
    }
    is_new = insert_new(uow.session, AttemptRow, [row]) == 1
    if is_new:
        uow.outbox.note_queued(row_id)
        uow.wakes.update({CALLER, lane_of(pager)})
    return is_new


def sealed(uow: UnitOfWork, key: str, text: str) -> str:
    """A text that must not stand readable in the database until it is said."""
    return uow.house.keyring.encrypt(text, place=_place(uow.team_id, key))


def opened(keyring: Keyring, team_id: str, key: str, sealed_text: str) -> str:
    """The text again. Raises CannotDecrypt."""
    return keyring.decrypt(sealed_text, place=_place(team_id, key))


def lane_of(pager: str) -> str:
    """The name of the lane in which a pager is called; see `Bot.in_lane`."""
    return f"{CALLER}:{pager}"


def cancel(uow: UnitOfWork, keys: Iterable[str]) -> int:
    """Takes back attempts that were not begun; returns how many.

    An attempt that is being claimed at the same time is waited for, and stays.
    """
    waiting = update(AttemptRow).where(
        AttemptRow.team_id == uow.team_id,
        AttemptRow.key.in_(sorted(keys)),
        AttemptRow.state == State.READY,
    )
    return affected(uow.session, waiting.values(state=State.DROPPED, payload={}))


def find(session: Session, team_id: str, key: str) -> AttemptRow | None:
    """The attempt that was queued under `key`."""
    own = (AttemptRow.team_id == team_id) & (AttemptRow.key == key)
    return session.scalar(select(AttemptRow).where(own))


def lost(session: Session, *, now: datetime) -> Sequence[AttemptRow]:
    """Those whose lease ran out: somebody may have been reached by them."""
    is_lost = (AttemptRow.state == State.LEASED) & (AttemptRow.lease_until < now)
    return session.scalars(select(AttemptRow).where(is_lost).limit(AT_ONCE)).all()


def unmade(session: Session, pagers: Collection[str], *, now: datetime) -> Sequence[AttemptRow]:
    """Those that wait for a pager which is none of these."""
    due = (AttemptRow.state == State.READY) & (AttemptRow.not_before <= now)
    others = AttemptRow.pager.not_in(pagers)
    return session.scalars(select(AttemptRow).where(due, others).limit(AT_ONCE)).all()


def is_repeated(row: AttemptRow) -> bool:
    """Whether it is made again while it is not known to have arrived."""
    return row.payload.get("act") in _CALLS_OFF and row.attempts < TRIES


def end_lost(session: Session, row: AttemptRow, *, now: datetime) -> bool:
    """Ends one whose lease ran out; returns whether nobody did so before."""
    own = (AttemptRow.team_id == row.team_id) & (AttemptRow.id == row.id)
    if not expire_leases(session, AttemptRow, own, now=now, to=State.UNKNOWN):
        return False
    ended = update(AttemptRow).where(own)
    session.execute(
        ended.values(state=State.DONE, lease_until=None, payload={}, error=Outcome.UNKNOWN)
    )
    return True


def free_lost(session: Session, row: AttemptRow, *, now: datetime) -> None:
    """Has one whose lease ran out made again."""
    own = (AttemptRow.team_id == row.team_id) & (AttemptRow.id == row.id)
    expire_leases(session, AttemptRow, own, now=now)


def end_unmade(session: Session, row: AttemptRow, why: str) -> bool:
    """Ends one that waits; returns whether nobody began or ended it before."""
    waiting = update(AttemptRow).where(
        AttemptRow.team_id == row.team_id,
        AttemptRow.id == row.id,
        AttemptRow.state == State.READY,
    )
    ended = waiting.values(state=State.DONE, payload={}, error=noted(Outcome.REFUSED, why))
    return affected(session, ended) == 1


def noted(outcome: Outcome, code: str) -> str | None:
    """What a row keeps of what became of it: nothing if it was accepted."""
    return None if outcome is Outcome.ACCEPTED else f"{outcome}: {code}"


def forget_old(session: Session, *, before: datetime) -> int:
    """Deletes attempts that were queued before an instant and are over; returns how many."""
    is_over = AttemptRow.state.in_([State.DONE, State.DROPPED])
    old = delete(AttemptRow).where(is_over, AttemptRow.queued_at < before)
    return affected(session, old)


def to_person(uow: UnitOfWork, user_id: str) -> Sequence[AttemptRow]:
    """The attempts to reach somebody, by age."""
    theirs = (AttemptRow.team_id == uow.team_id) & (AttemptRow.user_id == user_id)
    return uow.session.scalars(select(AttemptRow).where(theirs).order_by(AttemptRow.id)).all()


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes the attempts to reach somebody; what names them to others is not said any more."""
    ours = AttemptRow.team_id == uow.team_id
    count = affected(uow.session, delete(AttemptRow).where(ours, AttemptRow.user_id == user_id))
    told = cast(AttemptRow.payload, Text).contains(user_id, autoescape=True)
    state = case((AttemptRow.state == State.READY, State.DROPPED), else_=AttemptRow.state)
    naming = update(AttemptRow).where(ours, told)
    return count + affected(uow.session, naming.values(payload={}, state=state))


def forget_words(uow: UnitOfWork, *, before: datetime) -> int:
    """Empties what was to be said before then and never was; returns how many."""
    ours = (AttemptRow.team_id == uow.team_id) & (AttemptRow.queued_at < before)
    said = cast(AttemptRow.payload, Text) != "{}"
    waiting = AttemptRow.state != State.LEASED
    state = case((AttemptRow.state == State.READY, State.DROPPED), else_=AttemptRow.state)
    old = update(AttemptRow).where(ours, said, waiting)
    return affected(uow.session, old.values(payload={}, state=state))


def _place(team_id: str, key: str) -> str:
    return place(team_id, AttemptRow.__tablename__, "payload", key)
