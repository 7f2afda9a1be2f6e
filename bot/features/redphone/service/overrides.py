"""Swaps: somebody is on call for a while, whoever's turn it is."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from bot.core import deadlines, people
from bot.core.deadlines import Ambiguous
from bot.core.deadlines.phrases import plain, whole
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.redphone.messages import overrides as messages
from bot.features.redphone.models import RotationOverrideRow, RotationRow
from bot.features.redphone.queries import overrides as queries
from bot.features.redphone.queries import rotations
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules.rotations import Rotation, instant_at
from bot.features.redphone.rules.schedules import Swap, Wish
from bot.features.redphone.service import announcing, changing, layers


@dataclass(frozen=True, slots=True)
class Swapped:
    """A swap in a rotation, in the time of who made it; the `untold` do not know it yet."""

    name: str
    swap: Swap
    untold: list[str]


def swap(uow: UnitOfWork, actor: Person, rotation_id: UUID, wish: Wish) -> Swapped | None:
    """Puts somebody on call from one time until another; None: the rotation is gone.

    The times are as the actor wrote them; empty: from now. A day without a time is that day's
    hand-over. Raises Unreadable, also for somebody who cannot be on call.
    """
    row, to_id = rotations.rotation(uow, rotation_id), wish.user_id
    if row is None:
        return None
    if not layers.able(uow, [to_id]):
        raise Unreadable(messages.NOT_A_MEMBER)
    rotation = layers.rotation_of(uow, row)
    start, end = _span(uow, actor, rotation, wish)
    instead_of = rules.on_call(rotation, start) or ""
    made = queries.add(
        uow,
        row.id,
        to_id,
        instead_of=instead_of if instead_of != to_id else "",
        starts_at=start,
        ends_at=end,
        by=actor.user_id,
    )
    rotations.look_soon(uow, row.id)
    after = {"user_id": to_id, "instead_of": made.instead_of, "start": str(start), "end": str(end)}
    changing.note(uow, "swapped", row.id, actor.user_id, after=after)
    untold = _tell(uow, row, made, actor.user_id)
    local = actor.working_time.local
    shown = Swap(made.id, to_id, made.instead_of, local(start), local(end))
    return Swapped(row.name, shown, untold)


def take_back(uow: UnitOfWork, override_id: UUID, *, by: str) -> list[str] | None:
    """Takes a swap back; returns those who do not know it yet, None: it is over, or gone."""
    made = queries.find(uow, override_id)
    row = rotations.rotation(uow, made.rotation_id) if made else None
    if made is None or row is None or made.ends_at <= uow.now:
        return None
    if not queries.remove(uow, override_id):
        return None
    rotations.look_soon(uow, row.id)
    before = {"user_id": made.user_id, "instead_of": made.instead_of}
    changing.note(uow, "swap_taken_back", row.id, by, before=before)
    told = [
        (user_id, messages.taken_back(by, row.name, _moment(uow, user_id, made.ends_at)))
        for user_id in (made.user_id, made.instead_of)
    ]
    return announcing.tell_all(uow, told, by=by)


def likely(uow: UnitOfWork, user_id: str) -> UUID | None:
    """The rotation that somebody means who names none: the only one, or that of their turn."""
    rows = rotations.rotations(uow)
    if len(rows) == 1:
        return rows[0].id
    theirs = [row.id for row in rows if announcing.standing(uow, row).on_call == user_id]
    taking = [row.id for row in rows if user_id in announcing.standing(uow, row).members]
    for found in (theirs, taking):
        if len(found) == 1:
            return found[0]
    return None


def _span(
    uow: UnitOfWork, actor: Person, rotation: Rotation, wish: Wish
) -> tuple[datetime, datetime]:
    start = _read(uow, wish.since, actor, rotation) if wish.since.strip() else uow.now
    end = _read(uow, wish.until, actor, rotation)
    if end <= start:
        raise Unreadable(messages.ENDS_BEFORE)
    return start, end


def _read(uow: UnitOfWork, words: str, actor: Person, rotation: Rotation) -> datetime:
    """An instant; of a day alone, when it is handed over on it. Raises Unreadable."""
    found = deadlines.read(words, written=uow.now, author=actor.working_time)
    if isinstance(found, Ambiguous):
        raise Unreadable(messages.AMBIGUOUS)
    when = whole(plain(words))
    is_day = when is not None and bool(when.weekday or when.date or when.ordinal or when.near)
    if when is None or not is_day or when.names_clock or when.is_before or when.end:
        return found.at
    clock = rotation.layers[0].hand_over_at if rotation.layers else time(9)
    at = instant_at(rotation.zone, actor.working_time.local(found.at).date(), clock)
    return at if at > uow.now else found.at


def _tell(uow: UnitOfWork, row: RotationRow, made: RotationOverrideRow, by: str) -> list[str]:
    new, former = made.user_id, made.instead_of
    start, end = (_moment(uow, new, each) for each in (made.starts_at, made.ends_at))
    hint = announcing.hint(uow, new)
    told = [(new, messages.swapped_in(by, row.name, start, end, hint))]
    start, end = (_moment(uow, former, each) for each in (made.starts_at, made.ends_at))
    told.append((former, messages.swapped_out(by, row.name, start, end)))
    return announcing.tell_all(uow, told, by=by)


def _moment(uow: UnitOfWork, user_id: str, at: datetime) -> str:
    person = people.find(uow.session, uow.team_id, user_id)
    return person.moment(at) if person else ""
