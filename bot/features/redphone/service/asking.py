"""What is no emergency after all: an ask, to be answered within two hours of working time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.core import people
from bot.core.people import Person
from bot.core.ports import AskLedger, NewAsk
from bot.core.replies import View
from bot.core.response_clock import ClockPolicy, CountedIn, due
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import command as messages
from bot.features.redphone.modals import pages as modals
from bot.features.redphone.rules.pages import Filled, cleared
from bot.features.redphone.service import command, targets, trail
from bot.features.redphone.service.trail import Thing

MOST: Final = 5
"""So many people are asked at once; of a larger group nobody would feel asked."""
WITHIN: Final = ClockPolicy(timedelta(hours=2), CountedIn.WORKING_HOURS)


def instead(uow: UnitOfWork, asks: AskLedger, caller_id: str, filled: Filled) -> None:
    """Asks those who would be paged, once per form, and says so in the form's place.

    Where that cannot be, the form says why; what was typed stays.
    """
    filled = cleared(filled)
    wrong = command.problems(uow, caller_id, filled)
    reached = command.preflight(uow, caller_id, filled).reached if not wrong else ()
    if wrong or len(reached) > MOST:
        too_many = messages.many(len(reached), MOST)
        why = messages.not_yet(list(wrong.values())) if wrong else too_many
        command.redraw(uow, caller_id, filled, on_top=[why])
        return
    whom = [person for each in reached if (person := targets.member(uow, each.user_id))]
    answers = {each.user_id: _ask(uow, asks, caller_id, filled, each) for each in whom}
    trail.note(uow, Thing.PAGE, "asked_instead", caller_id, about=filled.target)
    command.show(uow, caller_id, filled.origin.form_id, _told(uow, caller_id, filled, answers))


def _ask(
    uow: UnitOfWork, asks: AskLedger, caller_id: str, filled: Filled, person: Person
) -> datetime | None:
    """Asks one of them; returns by when they answer, None: they cannot be asked."""
    until = due(uow.now, WITHIN, person.working_time)
    new = NewAsk(
        f"redphone:ask:{filled.origin.form_id}:{person.user_id}",
        caller_id,
        person.user_id,
        filled.what,
        context=filled.impact,
        due_at=until,
    )
    return until if asks.open(uow, new) is not None else None


def _told(
    uow: UnitOfWork, caller_id: str, filled: Filled, answers: Mapping[str, datetime | None]
) -> View:
    caller = people.find(uow.session, uow.team_id, caller_id)
    asked = [(each, caller.moment(by)) for each, by in answers.items() if by and caller]
    not_asked = [each for each, by in answers.items() if by is None]
    return modals.told(filled.origin.form_id, messages.asked(asked, not_asked))
