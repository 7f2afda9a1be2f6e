"""Has asks and posts go out later, by the clock; what cannot goes back to its author."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.events import MessageNotSent, MessageSent, SettingChanged
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import answers, scheduled
from bot.features.asks.models import ScheduledRow
from bot.features.asks.rules.scheduling import Plan, Planned, starts_at
from bot.features.asks.service import composing, posting, showing
from bot.features.asks.service.access import Refused
from bot.features.asks.service.composing import Composed, Outcome

Scheduled: TypeAlias = ScheduledRow
"""What goes out later as the entry points pass it on, without looking into it."""
AGAIN: Final = timedelta(hours=1)
"""So long somebody who cannot be told now waits until that is tried again."""
UNDO_FOR: Final = timedelta(days=1)
"""So long the words of what was cancelled are kept, for Undo."""


def when_at_work(uow: UnitOfWork, user_ids: Iterable[str]) -> datetime | None:
    """The first instant at which all of them are at work; None: they never are."""
    found = [person for each in user_ids if (person := composing.member(uow, each))]
    return starts_at([person.working_time for person in found], uow.now)


def schedule(uow: UnitOfWork, given: Composed, at: datetime, *, is_ask: bool = True) -> datetime:
    """Has it go out at an instant, once per request; returns when, in its author's time."""
    row = queries.schedule(
        uow,
        given.request_id,
        given.asker_id,
        given.words,
        at,
        channel_id=given.channel_id,
        people=given.people,
        is_ask=is_ask,
        is_urgent=given.is_urgent,
        deadline=given.deadline,
    )
    author = people.find(uow.session, uow.team_id, row.author_id)
    return author.working_time.local(row.at) if author else row.at


def there(uow: UnitOfWork, user_ids: Iterable[str], at: datetime) -> dict[str, datetime]:
    """What time an instant is where these people are, by id."""
    found = [person for each in user_ids if (person := composing.member(uow, each))]
    return {person.user_id: person.working_time.local(at) for person in found}


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, what) of all that has to be looked at by now, in any workspace."""
    return queries.scheduled_due(session, now, limit)


def look_at(uow: UnitOfWork, row_id: UUID) -> None:
    """Lets it go out if it is time, or tells its author why it could not."""
    row = queries.scheduled(uow, row_id)
    if row is None or row.look_at is None or row.look_at > uow.now:
        return
    if row.state == Plan.HELD:
        _tell(uow, row)
    elif row.state == Plan.CANCELLED:
        _forget(uow, row)
    elif queries.claim_scheduled(uow, row, Plan.SENT, due_by=uow.now):
        why = _go_out(uow, row)
        if why:
            _hold(uow, row, why)


def send_now(uow: UnitOfWork, row: ScheduledRow) -> str:
    """Its author does not want to wait; returns a sentence if it cannot go out."""
    stood, look_at = Plan(row.state), row.look_at
    if not queries.claim_scheduled(uow, row, Plan.SENT):
        return scheduled.OVER
    why = _go_out(uow, row)
    if why:
        queries.set_plan(uow, row, stood, look_at=look_at)
    return scheduled.PAUSED_NOW if why == scheduled.PAUSED else why


def cancel(uow: UnitOfWork, row: ScheduledRow) -> bool:
    """It does not go out; returns False if it did, or that is known."""
    return queries.claim_scheduled(uow, row, Plan.CANCELLED, look_at=uow.now + UNDO_FOR)


def undo(uow: UnitOfWork, row: ScheduledRow) -> bool:
    """It goes out after all; returns False if its time is over, or it is too late for that."""
    if row.state == Plan.WAITING:
        return True
    if row.state != Plan.CANCELLED or row.at <= uow.now or row.look_at is None:
        return False
    queries.set_plan(uow, row, Plan.WAITING, look_at=row.at)
    return True


def own(uow: UnitOfWork, row_id: str, user_id: str) -> ScheduledRow:
    """What this person has go out later; raises Refused."""
    found = known_id(row_id)
    row = queries.scheduled(uow, found) if found else None
    if row is None:
        raise Refused(scheduled.OVER)
    if row.author_id != user_id:
        raise Refused(scheduled.NOT_YOURS)
    return row


def of(uow: UnitOfWork, author: Person) -> list[Planned]:
    """What somebody has go out later, or what could not and they do not know, the next first."""
    return [shown(uow, row) for row in queries.scheduled_by(uow, author.user_id) if _stands(row)]


def shown(uow: UnitOfWork, row: ScheduledRow) -> Planned:
    """It, as its author sees it."""
    author = people.find(uow.session, uow.team_id, row.author_id)
    at = author.working_time.local(row.at) if author else row.at
    words, why = showing.words_of(row), row.why if row.state == Plan.HELD else ""
    return Planned(str(row.id), at, row.channel_id, tuple(row.people.split()), words, why)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Whoever wants to be left alone has back what was to go out, and I do not keep it."""
    if not attention.is_off(uow, event.scope_id):
        return
    for row in queries.scheduled_by(uow, event.scope_id):
        if row.state == Plan.WAITING:
            _hold(uow, row, scheduled.OFF)
        elif row.state == Plan.CANCELLED:
            _forget(uow, row)


def posted(event: MessageSent, uow: UnitOfWork) -> None:
    """What was to be posted is out, and nobody needs its words here any more."""
    row = _of_post(uow, event.key)
    if row is not None and row.state == Plan.SENT:
        queries.empty_scheduled(uow, row)


def not_posted(event: MessageNotSent, uow: UnitOfWork) -> None:
    """Slack did not take what was to be posted: its author has the text back."""
    row = _of_post(uow, event.key)
    if row is not None and row.state == Plan.SENT:
        _hold(uow, row, scheduled.NOT_TAKEN)


def _stands(row: ScheduledRow) -> bool:
    """Whether its author can still have it go out, or cancel it."""
    return row.look_at is not None and row.state != Plan.CANCELLED


def _forget(uow: UnitOfWork, row: ScheduledRow) -> None:
    """Nobody needs its words any more."""
    queries.set_plan(uow, row, Plan(row.state), look_at=None)
    queries.empty_scheduled(uow, row)


def _of_post(uow: UnitOfWork, key: str) -> ScheduledRow | None:
    """What was scheduled, by the key of the post that it became."""
    match key.split(":"):
        case ["asks", "post", row_id]:
            found = known_id(row_id)
            return queries.scheduled(uow, found) if found else None
    return None


def _go_out(uow: UnitOfWork, row: ScheduledRow) -> str:
    """Asks or posts it; returns a sentence if that cannot be."""
    why = _why_not(uow, row)
    if why or not row.is_ask:
        if not why:
            _post(uow, row)
        return why
    given = Composed(
        row.request_id,
        row.author_id,
        showing.words_of(row),
        row.people.split(),
        channel_id=row.channel_id,
        deadline=row.deadline,
        is_urgent=row.is_urgent,
    )
    outcome = composing.compose(uow, given)
    if not outcome.asked:
        why = composing.why_nobody(outcome, row.channel_id)
        return why if given.people else scheduled.NOBODY_LEFT
    queries.empty_scheduled(uow, row)
    _tell_of(uow, row, outcome)
    return ""


def _post(uow: UnitOfWork, row: ScheduledRow) -> None:
    place = {"author_id": row.author_id, "channel_id": row.channel_id}
    outcome = posting.post(uow, str(row.id), row.what, row.people.split(), **place).outcome
    if outcome is not None and outcome.asked:
        queries.empty_scheduled(uow, row)
        _tell_of(uow, row, outcome)


def _why_not(uow: UnitOfWork, row: ScheduledRow) -> str:
    author = composing.member(uow, row.author_id)
    if author is None:
        return answers.NOT_A_MEMBER
    if uow.workspace.is_paused:
        return scheduled.PAUSED
    if attention.is_off(uow, row.author_id):
        return scheduled.OFF
    if row.channel_id and not composing.can_post(uow, row.channel_id, author):
        return answers.NOT_THERE
    if row.deadline is not None and row.deadline <= uow.now:
        return scheduled.DEADLINE_OVER
    return ""


def _tell_of(uow: UnitOfWork, row: ScheduledRow, outcome: Outcome) -> None:
    """What became of it otherwise than it was planned, its author hears."""
    author = people.find(uow.session, uow.team_id, row.author_id)
    if author is not None and (outcome.left_out or outcome.off or outcome.over_budget is not None):
        message = composing.told(outcome, uow.now)
        key = f"asks:{row.id}:went_out"
        attention.reach(uow, key, author, message, urgency=Urgency.REPLY)


def _hold(uow: UnitOfWork, row: ScheduledRow, why: str) -> None:
    queries.set_plan(uow, row, Plan.HELD, look_at=uow.now, why=why)
    _tell(uow, row)


def _tell(uow: UnitOfWork, row: ScheduledRow) -> None:
    """Gives its author the text back, as soon as they can be told."""
    author = composing.member(uow, row.author_id)
    if author is None:
        _forget(uow, row)
        return
    key, message = f"asks:{row.id}:held", scheduled.given_back(shown(uow, row), uow.now)
    if attention.reach(uow, key, author, message, urgency=Urgency.REPLY) is Route.NOW:
        _forget(uow, row)
    else:
        queries.set_plan(uow, row, Plan.HELD, look_at=uow.now + AGAIN)
