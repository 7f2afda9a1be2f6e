"""What somebody's form at the end of a day begins with, as they may see it now."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import visibility
from bot.core.days import Day, DayItem, DaySource
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.rules import prefilling as rules
from bot.features.handoffs.rules.prefilling import Prefilled


def gather(
    uow: UnitOfWork,
    sources: Sequence[DaySource],
    person: Person,
    since: datetime,
    until: datetime,
) -> Prefilled:
    """What somebody did, has begun and waits for, from `since` (included) to `until` (not).

    It is made from what stands there now, so it is to be asked for when the form is opened.
    """
    day = Day(person, since, until)
    found = [each for source in sources for each in source(uow, day)]
    places = visibility.sift(
        uow,
        person.user_id,
        [each for each in found if each.channel_id],
        channel_of=_channel_of,
    )
    elsewhere = [each for each in found if not each.channel_id]
    return rules.prefilled([*places.seen, *elsewhere], held_back=places.held_back)


def _channel_of(item: DayItem) -> str:
    return item.channel_id
