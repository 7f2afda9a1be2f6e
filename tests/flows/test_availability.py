"""Leave, holidays, hours and focus, from what people type to what they are spared."""

from datetime import UTC, datetime

import pytest

from bot.core.agreement.setting import person_scope
from tests.support.town import Town

QUESTION = "@Priya can you look at the pool size?"
PRIYA = person_scope("U0PRIYA00")
IN_A_DAY = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)  # Wednesday 13:31 in Kolkata


def _reminders(town: Town) -> list[str]:
    return [text for text in town.writes_to(town.priya) if "is still waiting" in text]


@pytest.mark.needs("asks")
def test_nobody_is_reminded_while_they_are_away(lively: Town) -> None:
    lively.priya.types("#infra", "/baton away tomorrow until Friday")
    assert "I count you back on Mon 12 Oct 2026" in lively.whispers_to(lively.priya)[-1]
    lively.tom.says("#web-relaunch", QUESTION)
    lively.move_to(datetime(2026, 10, 12, 7, 59, tzinfo=UTC))
    assert _reminders(lively) == []
    lively.move_to(datetime(2026, 10, 12, 8, 1, tzinfo=UTC))
    assert len(_reminders(lively)) == 1


@pytest.mark.needs("digest")
def test_the_first_digest_after_a_leave_tells_of_all_of_it(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away until Friday")
    quiet.advance(days=1)
    quiet.tom.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 11, 20, 0, tzinfo=UTC))
    assert not any("Good morning" in text for text in quiet.writes_to(quiet.priya))
    quiet.move_to(datetime(2026, 10, 12, 3, 35, tzinfo=UTC))  # Monday 09:05 in Kolkata
    assert "The pump is back." in quiet.writes_to(quiet.priya)[-1]


@pytest.mark.needs("asks")
def test_back_ends_a_leave_and_undo_takes_one_back(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away until Friday")
    quiet.priya.types("#infra", "/baton back")
    assert "Welcome back" in quiet.whispers_to(quiet.priya)[-1]
    quiet.priya.types("#infra", "/baton away tomorrow")
    quiet.priya.presses("Undo")
    assert "Taken back" in quiet.whispers_to(quiet.priya)[-1]
    quiet.priya.types("#infra", "/baton back")
    assert "You are not away" in quiet.whispers_to(quiet.priya)[-1]
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(IN_A_DAY)
    assert len(_reminders(quiet)) == 1


def test_a_second_click_on_undo_is_told_that_it_is_done(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away tomorrow")
    quiet.priya.presses("Undo")
    quiet.priya.presses("Undo")
    assert "taken back already" in quiet.whispers_to(quiet.priya)[-1]


@pytest.mark.needs("asks")
def test_a_vacation_status_counts_as_leave(quiet: Town) -> None:
    quiet.priya.sets_status(
        ":palm_tree:", "Vacationing", until=datetime(2026, 10, 9, 18, 0, tzinfo=UTC)
    )
    quiet.settle()
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(datetime(2026, 10, 9, 12, 0, tzinfo=UTC))
    assert _reminders(quiet) == []


@pytest.mark.needs("asks")
def test_a_holiday_counts_only_where_it_is_one(quiet: Town) -> None:
    quiet.slack.move_to(datetime(2026, 10, 8, 14, 0, tzinfo=UTC))  # Thursday, 11:00 in São Paulo
    quiet.tom.says("#web-relaunch", "@Ana which logo do we ship?")
    quiet.move_to(datetime(2026, 10, 9, 14, 1, tzinfo=UTC))
    assert sum("is still waiting" in text for text in quiet.writes_to(quiet.ana)) == 1
    quiet.tom.says("#web-relaunch", "@Ana and which font?")  # Monday is Aparecida's day
    quiet.move_to(datetime(2026, 10, 12, 14, 30, tzinfo=UTC))
    assert sum("is still waiting" in text for text in quiet.writes_to(quiet.ana)) == 1
    quiet.move_to(datetime(2026, 10, 13, 14, 2, tzinfo=UTC))
    assert sum("is still waiting" in text for text in quiet.writes_to(quiet.ana)) == 2


@pytest.mark.needs("asks")
def test_a_reminder_waits_for_the_end_of_a_focus_block(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton focus Mon-Fri 13:00-15:00")
    assert "Mon-Fri 13:00-15:00" in quiet.whispers_to(quiet.priya)[-1]
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(IN_A_DAY)
    assert _reminders(quiet) == []
    quiet.move_to(datetime(2026, 10, 7, 9, 31, tzinfo=UTC))  # 15:01 in Kolkata
    assert len(_reminders(quiet)) == 1


@pytest.mark.needs("asks")
def test_a_reminder_waits_for_a_comms_window(quiet: Town) -> None:
    quiet.sets("attention.comms", "Mon-Fri 16:00-16:30", PRIYA)
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(datetime(2026, 10, 7, 10, 29, tzinfo=UTC))
    assert _reminders(quiet) == []
    quiet.move_to(datetime(2026, 10, 7, 10, 31, tzinfo=UTC))  # 16:01 in Kolkata
    assert len(_reminders(quiet)) == 1


@pytest.mark.needs("digest")
def test_the_digest_follows_a_changed_hour_at_once(quiet: Town) -> None:
    quiet.advance(hours=6)  # 19:30 in Kolkata
    quiet.tom.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 7, 2, 0, tzinfo=UTC))  # 07:30 in Kolkata
    quiet.sets("digest.at", "07:00", PRIYA)
    quiet.advance(minutes=1)
    assert "The pump is back." in quiet.writes_to(quiet.priya)[-1]
    quiet.move_to(datetime(2026, 10, 7, 4, 0, tzinfo=UTC))
    assert sum("Good morning" in text for text in quiet.writes_to(quiet.priya)) == 1


@pytest.mark.needs("home")
def test_the_home_page_shows_hours_holidays_and_leave_to_take_back(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away 24 Dec until 2 Jan")
    home = quiet.home_of(quiet.priya)
    assert "Mon-Fri 09:00-17:00 (Asia/Kolkata), holidays: India" in home
    assert "Away from Thu 24 Dec 2026 to Sat 2 Jan 2027" in home
    quiet.priya.presses("Take back")
    assert "Away from" not in quiet.home_of(quiet.priya)


def test_bad_input_gets_one_sentence_and_changes_nothing(quiet: Town) -> None:
    for command, sentence in {
        "/baton away until later": "I do not know which day “later” is",
        "/baton away until 3/4": "can be read in two ways",
        "/baton away": "Tell me until when you are away",
        "/baton focus often": "not a day of the week",
    }.items():
        quiet.priya.types("#infra", command)
        assert sentence in quiet.whispers_to(quiet.priya)[-1], command
