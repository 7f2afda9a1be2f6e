"""Digests, one morning after another."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.core import people
from bot.core.agreement.setting import Scope, person_scope
from bot.features.digest.models import DigestRow
from bot.features.digest.rules.mornings import State
from bot.features.digest.rules.threads import is_to
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
NINE_ON_WEDNESDAY = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
WEDNESDAY, THURSDAY = date(2026, 10, 7), date(2026, 10, 8)
PUMP = "The pump is back."
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
    assert "Good morning, Sam · Tuesday, October 6" in digest
    assert "@Tom in #web-relaunch, due Wed, Oct 7, 9:00 AM: “@Sam which logo do we ship?”" in digest
    assert "Settled for you" in digest
    assert "Your question, settled by @Tom: “@Tom does the build pass?”" in digest
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
    assert "Your next digest comes Mi., 7. Okt., 09:00 (your time)" in scheduled
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert len(quiet.writes_to(quiet.tom)) == 1


def test_it_says_since_when_and_why_only_if_that_is_true(quiet: Town) -> None:
    _say_at_night(quiet)
    quiet.move_to(NINE_ON_WEDNESDAY)
    first = quiet.writes_to(quiet.tom)[-1]
    assert ", 17:00. Plain digest" in first, "nobody knows whether they worked with Baton then"
    quiet.tom.types("#general", "/digest now")
    again = "nothing happened since your last digest (" in quiet.whispers_to(quiet.tom)[-1]
    assert again, quiet.whispers_to(quiet.tom)[-1]
    quiet.mei.says("#infra", "Tank 4 is next.")
    quiet.settle()
    quiet.tom.types("#general", "/digest now")
    assert "1 message in 1 channel since your last digest (" in quiet.whispers_to(quiet.tom)[-1]
    quiet.move_to(datetime(2026, 10, 7, 20, 0, tzinfo=UTC))
    quiet.mei.says("#infra", "Tank 5 is next.")
    quiet.move_to(datetime(2026, 10, 8, 7, 0, tzinfo=UTC))
    assert ", 17:00, when you stopped working. Plain" in quiet.writes_to(quiet.tom)[-1]


def test_of_a_morning_with_nothing_to_say_it_is_not_said_that_a_digest_came(quiet: Town) -> None:
    quiet.move_to(NINE_ON_WEDNESDAY)
    assert quiet.writes_to(quiet.tom) == []
    quiet.tom.types("#general", "/digest now")
    assert "nothing happened since" in quiet.whispers_to(quiet.tom)[-1]
    assert "your last digest" not in quiet.whispers_to(quiet.tom)[-1]


def test_a_digest_that_came_too_late_is_made_good_by_the_next(quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.slack.move_to(datetime(2026, 10, 7, 16, 0, tzinfo=UTC))  # Wednesday 18:00: too late
    quiet.settle()
    assert quiet.writes_to(quiet.tom) == []
    quiet.move_to(datetime(2026, 10, 8, 7, 0, tzinfo=UTC))  # Thursday 09:00
    assert "The pump is back." in quiet.writes_to(quiet.tom)[-1]


def test_more_than_two_hours_late_it_still_comes(quiet: Town) -> None:
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 7, 10, 0, tzinfo=UTC))  # Wednesday 12:00 in Berlin
    assert PUMP in quiet.writes_to(quiet.tom)[-1]
    assert _rows(quiet, quiet.tom) == {WEDNESDAY: State.SENT}


def test_whoever_never_had_one_is_told_what_was_missed_over_midnight(lively: Town) -> None:
    _say_at_night(lively)
    lively.move_to(datetime(2026, 10, 8, 3, 0, tzinfo=UTC))  # Thursday 05:00, a day was missed
    assert lively.writes_to(lively.tom) == []
    assert _rows(lively, lively.tom) == {WEDNESDAY: State.FOLDED}
    lively.move_to(datetime(2026, 10, 8, 7, 0, tzinfo=UTC))  # Thursday 09:00
    assert [PUMP in each for each in lively.writes_to(lively.tom)] == [True]
    assert _rows(lively, lively.tom) == {WEDNESDAY: State.FOLDED, THURSDAY: State.SENT}
    lively.move_to(datetime(2026, 10, 9, 7, 0, tzinfo=UTC))
    assert len(lively.writes_to(lively.tom)) == 1, "it is not told twice"


def test_days_in_a_row_that_were_missed_are_told_at_once(quiet: Town) -> None:
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 9, 7, 30, tzinfo=UTC))  # Friday 09:30, two days were missed
    assert [PUMP in each for each in quiet.writes_to(quiet.tom)] == [True]
    folded = dict.fromkeys([WEDNESDAY, THURSDAY], State.FOLDED)
    assert _rows(quiet, quiet.tom) == {**folded, date(2026, 10, 9): State.SENT}


def test_the_first_one_after_leave_covers_all_of_it(quiet: Town) -> None:
    quiet.move_to(datetime(2026, 10, 6, 12, 0, tzinfo=UTC))
    quiet.tom.types("#general", "/baton away 7 Oct until 27 Oct")
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 20, 7, 0, tzinfo=UTC))
    [offer] = quiet.writes_to(quiet.tom)  # on the last day before it
    assert "Who answers in your place?" in offer
    quiet.move_to(datetime(2026, 10, 28, 8, 0, tzinfo=UTC))  # the clocks went back
    assert PUMP in quiet.writes_to(quiet.tom)[-1]
    assert _rows(quiet, quiet.tom) == {date(2026, 10, 28): State.SENT}


def test_whoever_is_back_from_leave_earlier_gets_it_at_once(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton away 7 Oct until 27 Oct")
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 9, 8, 0, tzinfo=UTC))  # Friday 10:00
    quiet.tom.types("#general", "/baton back")
    quiet.settle()
    assert PUMP in quiet.writes_to(quiet.tom)[-1]


def test_that_of_a_week_comes_on_its_first_working_day_and_covers_it(lively: Town) -> None:
    lively.tom.types("#general", "/digest weekly")
    assert "comes Mo., 12. Okt., 09:00 (your time)" in lively.whispers_to(lively.tom)[-1]
    assert "on the first working day of each week" in lively.whispers_to(lively.tom)[-1]
    _say_at_night(lively)
    lively.move_to(NINE_ON_WEDNESDAY)
    assert lively.writes_to(lively.tom) == []
    lively.move_to(datetime(2026, 10, 12, 7, 0, tzinfo=UTC))
    lively.move_to(datetime(2026, 10, 13, 12, 0, tzinfo=UTC))
    lively.mei.says("#infra", "Tank 4 is next.")
    lively.move_to(datetime(2026, 10, 19, 7, 0, tzinfo=UTC))
    first, second = lively.writes_to(lively.tom)
    assert (PUMP in first, PUMP in second) == (True, False)
    assert "Tank 4 is next." in second
    assert list(_rows(lively, lively.tom)) == [date(2026, 10, 12), date(2026, 10, 19)]


def test_undo_brings_back_every_working_day(quiet: Town) -> None:
    quiet.tom.types("#general", "/digest")
    quiet.tom.presses("Weekly")
    quiet.tom.presses("Undo")
    assert "comes Mi., 7. Okt., 09:00 (your time)" in quiet.whispers_to(quiet.tom)[-1]
    _say_at_night(quiet)
    quiet.move_to(NINE_ON_WEDNESDAY)
    assert PUMP in quiet.writes_to(quiet.tom)[-1]


def test_off_sends_none_and_on_brings_it_back(quiet: Town) -> None:
    quiet.tom.types("#general", "/digest off")
    assert "Your digest is off" in quiet.whispers_to(quiet.tom)[-1]
    _say_at_night(quiet)
    quiet.move_to(NINE_ON_WEDNESDAY)
    assert (quiet.writes_to(quiet.tom), _rows(quiet, quiet.tom)) == ([], {})
    quiet.tom.presses("Undo")
    assert "comes Do., 8. Okt., 09:00 (your time)" in quiet.whispers_to(quiet.tom)[-1]
    quiet.move_to(datetime(2026, 10, 7, 20, 0, tzinfo=UTC))
    quiet.mei.says("#infra", "Tank 4 is next.")
    quiet.move_to(datetime(2026, 10, 8, 7, 0, tzinfo=UTC))
    (digest,) = quiet.writes_to(quiet.tom)
    assert "Tank 4 is next." in digest
    assert PUMP not in digest, "what came while it was off was not wanted"


def test_what_is_set_while_it_is_off_is_kept(quiet: Town) -> None:
    quiet.tom.types("#general", "/digest off")
    quiet.tom.types("#general", "/digest 10:00")
    kept = "`/digest on` brings it back, at 10:00 on each working day"
    assert kept in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest")
    assert kept in quiet.whispers_to(quiet.tom)[-1]
    assert "ends it" not in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest on")
    assert "comes Mi., 7. Okt., 10:00" in quiet.whispers_to(quiet.tom)[-1]


def test_an_hour_after_work_is_taken_and_remarked_upon(quiet: Town) -> None:
    quiet.tom.types("#general", "/digest 17:00")
    assert "That is after your working day ends." in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest 16:59")
    assert "after your working day" not in quiet.whispers_to(quiet.tom)[-1]


def test_another_time_holds_from_the_next_one_on_and_undo_takes_it_back(quiet: Town) -> None:
    quiet.tom.types("#general", "/digest 8am")
    assert "comes Mi., 7. Okt., 08:00 (your time)" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Undo")
    assert "comes Mi., 7. Okt., 09:00 (your time)" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest 0830")
    quiet.tom.types("#general", "/digest 08:30")
    assert "It is like that already." in quiet.whispers_to(quiet.tom)[-1]
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 7, 6, 30, tzinfo=UTC))
    assert PUMP in quiet.writes_to(quiet.tom)[-1]


def test_an_earlier_time_that_is_over_today_brings_it_at_once_and_once(quiet: Town) -> None:
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 7, 6, 0, tzinfo=UTC))  # 08:00 in Berlin
    quiet.tom.types("#general", "/digest 7:30")
    assert "Your next digest comes in a moment" in quiet.whispers_to(quiet.tom)[-1]
    quiet.settle()
    quiet.move_to(NINE_ON_WEDNESDAY)
    assert [PUMP in each for each in quiet.writes_to(quiet.tom)] == [True]


def test_what_digest_cannot_read_gets_one_sentence_and_changes_nothing(quiet: Town) -> None:
    for typed, sentence in {
        "tomorrow": "“tomorrow” means nothing to me here",
        "25:00": "There is no 25:00 on the clock",
        "<@U1> & co": "means nothing to me here",
    }.items():
        quiet.tom.types("#general", f"/digest {typed}")
        assert sentence in quiet.whispers_to(quiet.tom)[-1], typed
        assert "Nothing was changed." in quiet.whispers_to(quiet.tom)[-1], typed
    quiet.tom.types("#general", "/digest help")
    for command in ("now", "08:30", "weekly", "daily", "off", "on", "channel", "help"):
        assert f"/digest {command}" in quiet.whispers_to(quiet.tom)[-1]


def test_show_now_is_a_button_too(quiet: Town) -> None:
    _say_at_night(quiet)
    quiet.tom.types("#general", "/digest")
    quiet.tom.presses("Show now")
    assert PUMP in quiet.whispers_to(quiet.tom)[-1]
    assert _rows(quiet, quiet.tom) == {}


def test_whoever_wants_to_be_left_alone_is_told_why_none_comes(quiet: Town) -> None:
    quiet.sets("people.off", "on", _scope(quiet, quiet.tom))
    quiet.tom.types("#general", "/digest")
    assert "You asked me to leave you alone" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest weekly")
    assert "You asked me to leave you alone" in quiet.whispers_to(quiet.tom)[-1]


def test_whoever_flies_gets_it_in_their_new_morning(lively: Town) -> None:
    _say_at_night(lively)
    lively.tom.moves_to("America/Los_Angeles")
    lively.move_to(NINE_ON_WEDNESDAY)
    assert PUMP in lively.writes_to(lively.tom)[-1], "there it is Tuesday, 13:00"
    lively.move_to(datetime(2026, 10, 7, 16, 0, tzinfo=UTC))
    assert list(_rows(lively, lively.tom)) == [date(2026, 10, 6), WEDNESDAY]


def test_whoever_was_deactivated_and_is_back_gets_their_next_one(quiet: Town) -> None:
    quiet.tom.deactivates("Priya")
    _say_at_night(quiet)
    quiet.move_to(datetime(2026, 10, 7, 3, 30, tzinfo=UTC))  # Wednesday 09:00 in Kolkata
    assert _rows(quiet, quiet.priya) == {}
    quiet.tom.activates("Priya")
    quiet.move_to(datetime(2026, 10, 8, 3, 30, tzinfo=UTC))
    assert PUMP in quiet.writes_to(quiet.priya)[-1]


def test_others_know_when_a_digest_comes(quiet: Town) -> None:
    bot, tom = quiet.app.bot, _scope(quiet, quiet.tom).id

    def comes(days: float) -> bool:
        with bot.begin(TEAM_ID, during="job") as uow:
            person = people.find(uow.session, TEAM_ID, tom)
            assert person is not None
            end = uow.now + timedelta(days=days)
            return bot.digests.comes_between(uow, person, uow.now, end)

    assert (comes(0.5), comes(1)) == (False, True)
    quiet.tom.types("#general", "/digest weekly")
    assert (comes(1), comes(5), comes(6)) == (False, False, True)
    quiet.tom.types("#general", "/digest off")
    assert not comes(30)


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


def _say_at_night(town: Town) -> None:
    town.move_to(NIGHT_IN_BERLIN)
    town.mei.says("#infra", PUMP)
    town.settle()


def _scope(town: Town, person: Person) -> Scope:
    return person_scope(str(town.slack.see(person.name)["me"]))


def _rows(town: Town, person: Person) -> dict[date, str]:
    """What became of somebody's digests, by date."""
    user_id = _scope(town, person).id
    with town.app.bot.database.reading() as session:
        rows = select(DigestRow.local_date, DigestRow.state).where(DigestRow.user_id == user_id)
        found = session.execute(rows.order_by(DigestRow.local_date))
        return {row.local_date: row.state for row in found}


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
