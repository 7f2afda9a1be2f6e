"""Digests, one morning after another."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.digest.rules.threads import is_to
from bot.playground.client import Person
from tests.support.town import Town

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
ZONES = {
    "Tom": "Europe/Berlin",
    "Ana": "America/Sao_Paulo",
    "Priya": "Asia/Kolkata",
    "Sam": "America/Los_Angeles",
    "Mei": "Asia/Tokyo",
}


def test_everybody_enrolled_gets_one_digest_at_nine_their_own_time(lively: Town) -> None:
    for name in sorted(ZONES, key=_nine):
        lively.move_to(_nine(name) - timedelta(minutes=5))
        colleague = lively.tom if name != "Tom" else lively.ana
        colleague.says("#infra", f"For {name}, before the day begins.")
        for minutes in (-1, 0, 30):
            lively.move_to(_nine(name) + timedelta(minutes=minutes))
    for name, zone in ZONES.items():
        seen = _digest_times(lively, lively.slack.person(name), ZoneInfo(zone))
        dates = [each.date() for each in seen]
        assert date(2026, 10, 7) == dates[-1], name
        assert len(dates) == len(set(dates)), name
        assert time(9, 0) <= seen[-1].time() <= time(9, 2), name
    for name in ("Gil", "Dora"):
        assert _digest_times(lively, lively.slack.person(name), ZoneInfo("UTC")) == [], name


@pytest.mark.needs("asks")
def test_it_says_what_waits_what_was_answered_and_what_happened(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "@Sam which logo do we ship?")
    asked = quiet.sam.says("#web-relaunch", "@Tom does the build pass?")
    quiet.tom.says("#web-relaunch", "It does.", reply_to=asked)
    quiet.move_to(datetime(2026, 10, 6, 16, 0, tzinfo=UTC))  # 09:00 in Los Angeles
    digest = quiet.writes_to(quiet.sam)[-1]
    assert "Good morning, Sam · Tuesday 6 October" in digest
    assert "@Tom in #web-relaunch, due Wed 7 Oct, 09:00: “@Sam which logo do we ship?”" in digest
    assert "Settled for you" in digest
    assert "@Tom: “@Tom does the build pass?”" in digest
    assert digest.count("which logo") == 1, "what waits is not told again"
    assert "Plain digest, no AI used" in digest


def test_nothing_to_say_sends_nothing(quiet: Town) -> None:
    quiet.advance(days=1)
    assert all(quiet.writes_to(quiet.slack.person(name)) == [] for name in ZONES)


def test_there_is_none_at_the_weekend_and_mondays_covers_it(quiet: Town) -> None:
    quiet.move_to(datetime(2026, 10, 9, 21, 0, tzinfo=UTC))  # Friday night in Berlin
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 11, 12, 0, tzinfo=UTC))  # Sunday
    assert quiet.writes_to(quiet.tom) == []
    quiet.move_to(datetime(2026, 10, 12, 7, 0, tzinfo=UTC))  # Monday 09:00
    digests = quiet.writes_to(quiet.tom)
    assert len(digests) == 1
    assert "The pump is back." in digests[0]


def test_a_digest_that_would_come_six_hours_late_is_left_out(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 7, 13, 30, tzinfo=UTC))  # 15:30 in Berlin, 6.5 h late
    assert quiet.writes_to(quiet.tom) == []


def test_digest_now_shows_it_at_once_and_changes_nothing(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    quiet.tom.types("#general", "/digest now")
    quiet.tom.types("#general", "/digest")
    now, scheduled = quiet.whispers_to(quiet.tom)
    assert "The pump is back." in now
    assert "Your next digest comes Wed 7 Oct, 09:00 (your time)" in scheduled
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert len(quiet.writes_to(quiet.tom)) == 1


def test_a_digest_that_came_too_late_is_made_good_by_the_next(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.slack.move_to(datetime(2026, 10, 7, 16, 0, tzinfo=UTC))  # Wednesday 18:00: too late
    quiet.settle()
    assert quiet.writes_to(quiet.tom) == []
    quiet.move_to(datetime(2026, 10, 8, 7, 0, tzinfo=UTC))  # Thursday 09:00
    assert "The pump is back." in quiet.writes_to(quiet.tom)[-1]


def test_whoever_is_in_no_channel_with_baton_is_told_how_to_get_one(quiet: Town) -> None:
    for channel in ("#infra", "#web-relaunch"):
        quiet.tom.removes("Mei", channel)
    quiet.settle()
    quiet.mei.types("#general", "/digest now")
    assert "/invite" in quiet.whispers_to(quiet.mei)[-1]


def test_a_private_channels_talk_reaches_its_members_only(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.priya.says("#leads", "Budget: 40,000.")
    quiet.slack.next_morning("Mei")
    quiet.settle()
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert "Budget" in quiet.writes_to(quiet.tom)[-1]
    assert all("Budget" not in text for text in quiet.writes_to(quiet.mei))


def _nine(name: str) -> datetime:
    """Wednesday 09:00 for somebody."""
    return datetime(2026, 10, 7, 9, 0, tzinfo=ZoneInfo(ZONES[name])).astimezone(UTC)


def _digest_times(town: Town, person: Person, zone: ZoneInfo) -> list[datetime]:
    reader = town.slack.see(person.name)["me"]
    return [
        datetime.fromisoformat(entry["at"]).astimezone(zone)
        for entry in town.slack.journal()
        if entry["kind"] == "message" and reader in entry["audience"]
        if "Good " in entry["text"]
    ]


def test_what_is_said_to_baton_is_no_news() -> None:
    assert is_to("U0BATON00", "<@U0BATON00> log this: We ship")
    assert is_to("U0BATON00", "<@U0BATON00|baton> log this")
    assert not is_to("U0BATON00", "Ask <@U0BATON00> about it")
    assert not is_to("U0BATON00", "<@U0BATON001> hello")
