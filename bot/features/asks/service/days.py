"""What somebody's asks tell of their day: what they answered, owe and wait for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core import people
from bot.core.days import Day, DayItem, DayKind
from bot.core.quotations import SOMEBODY
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import days as messages
from bot.features.asks.models import AskRow
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.service import showing


@dataclass(frozen=True, slots=True)
class _Found:
    """An ask as its reader may be shown it, and when it came to where it stands."""

    ask: AskShown
    at: datetime


def of_day(uow: UnitOfWork, day: Day) -> list[DayItem]:
    """What somebody answered that day, what waits on them now, and what they wait for."""
    reader_id = day.person.user_id
    owed = [row for row in queries.waiting_on(uow, reader_id) if not showing.goes_ahead(uow, row)]
    done = queries.answers_of(uow, reader_id, day.since, day.until)
    own = [row for row in queries.asked_by(uow, reader_id) if row.parent_id is None]
    waits = [_shown(uow, row, day, row.asked_at) for row in owed]
    answered = [_shown(uow, row, day, row.closed_at or row.asked_at) for row in done]
    asked = [_shown(uow, row, day, row.asked_at) for row in own]
    names = people.names(uow.session, uow.team_id, {row.asker_id for row in (*owed, *done)})
    return [
        *(_waiting(each, names) for each in waits if each is not None),
        *(_answered(each, names) for each in answered if each is not None),
        *(_asked(each) for each in asked if each is not None),
    ]


def _shown(uow: UnitOfWork, row: AskRow, day: Day, at: datetime) -> _Found | None:
    ask = showing.show(uow, row, day.person)
    return _Found(ask, at) if ask is not None else None


def _waiting(found: _Found, names: Mapping[str, str]) -> DayItem:
    """What waits on somebody; it is its asker they wait for if they asked back."""
    kind = DayKind.BLOCKED if found.ask.is_paused else DayKind.IN_PROGRESS
    by = found.ask.asker_id if found.ask.is_paused else ""
    return _item(found, kind, messages.waits(found.ask, _name(found, names)), by)


def _answered(found: _Found, names: Mapping[str, str]) -> DayItem:
    return _item(found, DayKind.DONE, messages.answered(found.ask, _name(found, names)))


def _asked(found: _Found) -> DayItem:
    by = found.ask.holder_id or found.ask.answerer_id
    return _item(found, DayKind.BLOCKED, messages.asked(found.ask), by)


def _name(found: _Found, names: Mapping[str, str]) -> str:
    return names.get(found.ask.asker_id, SOMEBODY)


def _item(found: _Found, kind: DayKind, what: str, by: str = "") -> DayItem:
    ask = found.ask
    return DayItem(
        kind,
        what,
        f"ask:{ask.id}",
        found.at,
        (ask.address,),
        "" if ask.is_direct or ask.is_elsewhere else ask.channel_id,
        by,
        ask.stands_for,
    )
