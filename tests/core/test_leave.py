"""Leave, statuses and holidays."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.core.holiday_calendar import NOWHERE, Holidays, Region, read_region, region_of_zone
from bot.core.leave import Leave, Status, leave_of_status
from bot.core.week import Unreadable

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 10, 6, 10, 0, tzinfo=BERLIN)


def _until(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, 0, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("status", "last_day"),
    [
        (Status(":palm_tree:", "Vacationing", _until(9, 23)), date(2026, 10, 9)),
        (Status("palm_tree"), date(2026, 10, 7)),
        (Status("", "on leave, back soon", _until(7, 12)), date(2026, 10, 7)),
        (Status(":face_with_thermometer:", "Out sick"), date(2026, 10, 7)),
        (Status(":baby:", "Parental leave", _until(9, 1).replace(year=2036)), date(2027, 10, 7)),
        (Status(":house:", "Working remotely", _until(9, 23)), None),
        (Status(":calendar:", "In a meeting"), None),
        (Status(), None),
        (Status(":palm_tree:", "Vacationing", _until(5, 12)), None),
    ],
)
def test_a_vacation_status_is_a_leave(status: Status, last_day: date | None) -> None:
    expected = Leave(TUESDAY.date(), last_day) if last_day else None
    assert leave_of_status(status, TUESDAY) == expected


def test_a_zone_tells_the_country_under_each_of_its_names() -> None:
    for zone, country in {
        "Europe/Berlin": "DE",
        "Asia/Calcutta": "IN",
        "Asia/Kolkata": "IN",
        "US/Pacific": "US",
        "America/Sao_Paulo": "BR",
        "Asia/Tokyo": "JP",
    }.items():
        assert region_of_zone(zone) == Region(country)


def test_every_zone_has_a_country_with_known_holidays_or_none() -> None:
    regions = {zone: region_of_zone(zone) for zone in available_timezones()}
    assert regions["Etc/UTC"] == NOWHERE
    found = [zone for zone, region in regions.items() if region != NOWHERE]
    assert len(found) > 400


def test_a_holiday_is_free_only_where_it_is_one() -> None:
    unity = date(2026, 10, 3)
    assert unity in Holidays(Region("DE"))
    assert unity not in Holidays(Region("FR"))
    assert unity not in Holidays(NOWHERE)
    epiphany = date(2027, 1, 6)
    assert epiphany in Holidays(Region("DE", "BY"))
    assert epiphany not in Holidays(Region("DE"))


def test_a_region_is_read_or_gets_a_sentence() -> None:
    assert read_region(" de-by ") == Region("DE", "BY")
    assert read_region("none") == NOWHERE
    assert read_region("zone") is None
    for wrong, said in (
        ("XX", "no holidays of"),
        ("DE-ZZ", "no part"),
        ("Germany!", "two letters"),
    ):
        with pytest.raises(Unreadable) as raised:
            read_region(wrong)
        assert said in raised.value.sentence
