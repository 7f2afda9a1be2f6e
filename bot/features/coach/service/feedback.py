"""What people say about their hints."""

from datetime import datetime

from bot.core import people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.rules import settings
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.hint_reference import HintReference

NOT_HELPFUL = "not_helpful"


def not_helpful(uow: UnitOfWork, reference: HintReference, user_id: str) -> datetime | None:
    """Notes that a hint was of no help; after the third returns until when the kind stays away.

    That is in the person's own time.
    """
    queries.note_outcome(uow, reference.place, reference.rule, NOT_HELPFUL)
    if queries.refuse(uow, user_id, reference.rule) < settings.REFUSALS:
        return None
    until = uow.now + settings.STAYS_AWAY
    queries.stay_away(uow, user_id, reference.rule, until)
    person = people.find(uow.session, uow.team_id, user_id)
    return person.working_time.local(until) if person else until


def bring_back(uow: UnitOfWork, user_id: str, rule: Rule) -> None:
    """A kind of hint that stayed away may come again."""
    queries.come_back(uow, user_id, rule)


def wanting(uow: UnitOfWork, user_id: str, rule: Rule, *, on: bool) -> Change:
    """The change by which somebody gets, or does not get, a kind of hint."""
    wanted = {*uow.setting(settings.MY_RULES, user_id=user_id)}
    wanted = wanted | {rule.value} if on else wanted - {rule.value}
    kept = tuple(rule.value for rule in Rule if rule.value in wanted)
    is_all = len(kept) == len(Rule)
    after = None if is_all else settings.MY_RULES.kind.plain(kept)
    return Change(settings.MY_RULES, person_scope(user_id), after=after)
