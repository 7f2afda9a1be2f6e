"""What somebody's form at the end of a day begins with, as they may see it now."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.core import channels, visibility
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
    *,
    channel_id: str = "",
) -> Prefilled:
    """What somebody did, has begun and waits for, from `since` (included) to `until` (not).

    It is made from what stands there now, so it is to be asked for when the form is opened. With a
    `channel_id`, which is where it will be read, nothing is in it of other private conversations.
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
    if channel_id:
        open_there = _open_in(uow, channel_id, {each.channel_id for each in seen})
        seen = [each for each in seen if each.channel_id in open_there]
    return rules.prefilled(seen, held_back=places.held_back)


def _open_in(uow: UnitOfWork, channel_id: str, others: Iterable[str]) -> set[str]:
    """The channels of which everybody who reads this one may be told."""
    here = channels.find(uow.session, uow.team_id, channel_id)
    if here is None or here.is_shared:
        return {channel_id}
    found = [channels.find(uow.session, uow.team_id, each) for each in others if each]
    is_public = {each.channel_id for each in found if each is not None and not each.is_private}
    return is_public | {channel_id}


def _channel_of(item: DayItem) -> str:
    return item.channel_id
