"""Who stands in for somebody who is asked and away, as far as the asker may ask them instead."""

from bot.core import people
from bot.core.leave import DaysOff
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.models import AskRow
from bot.features.asks.rules.shown import StandIn
from bot.features.asks.rules.states import WAITING


def of(uow: UnitOfWork, ask: AskRow) -> StandIn | None:
    """Who the asker may ask instead just now; None: the answerer is there, or nobody was named.

    Of a group everybody else is asked anyway.
    """
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is None or ask.state not in WAITING or ask.group_id:
        return None
    there = answerer.working_time
    today, off = there.local(uow.now).date(), there.days_off
    if not isinstance(off, DaysOff):
        return None
    away = [leave.last_day for leave in off.leaves if today in leave]
    found = uow.stand_in_for(ask.answerer_id, uow.now) if away else None
    person = people.find(uow.session, uow.team_id, found) if found else None
    if person is None or person.user_id == ask.asker_id:
        return None
    back_on = there.next_working_day(max(away))
    return StandIn(str(ask.id), ask.answerer_id, person.user_id, person.name, back_on)
