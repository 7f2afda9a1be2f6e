"""What somebody's form at the end of a day begins with, as they may see it now."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core import channels, visibility
from bot.core.days import Day, DayItem, DaySource
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import MIDNIGHT
from bot.features.handoffs.rules import prefilling as rules
from bot.features.handoffs.rules.prefilling import Prefilled


def gather(
    uow: UnitOfWork,
    sources: Sequence[DaySource],
    person: Person,
    since: datetime,
    until: datetime,
    *,
    channel_id: str | None = None,
) -> Prefilled:
    """What somebody did, has begun and waits for, from `since` (included) to `until` (not).

    It is made from what stands there now, so it is to be asked for when the form is opened. With a
    `channel_id`, which is where it will be read (empty: nobody knows), nothing is in it of other
    private conversations.
    """
    day = Day(person, since, until)
    found = [each for source in sources for each in source(uow, day)]
    places = visibility.sift(
        uow,
        person.user_id,
        [each for each in found if each.channel_id],
        channel_of=_channel_of,
    )
    seen = [*places.seen, *(each for each in found if not each.channel_id)]
    told = seen
    if channel_id is not None:
        open_there = open_in(uow, channel_id, {each.channel_id for each in seen})
        told = [each for each in seen if each.channel_id in open_there]
    private = len({each.source for each in seen} - {each.source for each in told})
    return rules.prefilled(told, held_back=places.held_back, private=private)


def looks_back_to(uow: UnitOfWork, person: Person) -> datetime:
    """From when on somebody's day is told: from the end of their last one."""
    when = person.working_time
    try:
        return when.previous_end(uow.now)
    except ValueError:  # they have had no working day in over a year
        return when.at(when.local(uow.now).date(), MIDNIGHT)


def open_in(uow: UnitOfWork, channel_id: str, others: Iterable[str]) -> set[str]:
    """The channels of which everybody who reads this one may be told."""
    here = channels.find(uow.session, uow.team_id, channel_id) if channel_id else None
    if here is not None and here.is_shared:
        return {channel_id}
    found = [channels.find(uow.session, uow.team_id, each) for each in others if each]
    is_public = {each.channel_id for each in found if each is not None and not each.is_private}
    return is_public | ({channel_id} if channel_id else set())


def _channel_of(item: DayItem) -> str:
    return item.channel_id
