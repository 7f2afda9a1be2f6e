"""When somebody works: zone, hours, public holidays and leave, put together."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core import leave
from bot.core.agreement import reading
from bot.core.agreement.kinds import Country, Hours
from bot.core.agreement.setting import Layer, Setting
from bot.core.holiday_calendar import Holidays, Region, region_of_zone
from bot.core.leave import DaysOff, Status
from bot.core.week import OFFICE_WEEK, Week
from bot.core.working_time import UNKNOWN_ZONE, WorkingTime, zone_named

LOOKED_BACK: Final = timedelta(days=31)
"""A digest after a leave tells of all of it: leave that is over counts that long."""

HOURS: Final = Setting[Week](
    "people.hours",
    Hours(needed=True),
    OFFICE_WEEK,
    (Layer.WORKSPACE, Layer.PERSON),
    "Working hours",
    "In each person's own time. A split day: Mon-Fri 08:00-12:00, 13:30-18:00",
)
HOLIDAYS: Final = Setting[Region | None](
    "people.holidays",
    Country(),
    None,
    (Layer.WORKSPACE, Layer.PERSON),
    "Public holidays",
    "A country like DE, or a part of it like DE-BY; none; zone: those of the time zone's country",
)


def region_of(session: Session, team_id: str, user_id: str, zone: str) -> Region:
    """Whose public holidays somebody has: what was set, or those of their zone's country."""
    chosen = reading.value(session, team_id, HOLIDAYS, user_id=user_id)
    return chosen if chosen is not None else region_of_zone(zone)


def working_time(
    session: Session, team_id: str, user_id: str, zone: str, status: Status, *, seen: datetime
) -> WorkingTime:
    """Somebody's working time; `seen` is when Slack told their status."""
    own_zone = zone_named(zone) or UNKNOWN_ZONE
    told = leave.of(session, team_id, user_id, since=(seen - LOOKED_BACK).date())
    by_status = leave.leave_of_status(status, seen.astimezone(own_zone))
    holidays = Holidays(region_of(session, team_id, user_id, zone))
    leaves = (*told, by_status) if by_status else tuple(told)
    week = reading.value(session, team_id, HOURS, user_id=user_id)
    return WorkingTime(own_zone, week, DaysOff(leaves, holidays))
