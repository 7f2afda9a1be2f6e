"""Who is on call: turns, swaps, calendars, and what people are told of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.calendars.web import WebCalendars
from bot.core import audit
from bot.core.bot import Bot
from bot.core.encryption import new_key
from bot.core.events import LeaveChanged
from bot.core.leave import Leave, tell
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.calendar_server import CalendarServer, Sent, calendar
from tests.support.town import Town, town

FRIDAY = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)  # 11:00 in São Paulo
MONDAY = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
WEEKLY = {"Time zone": "europe/berlin", "Who takes turns?": ["Tom", "Ana", "Mei"]}


def test_people_take_turns_by_the_week_and_are_reminded_before_theirs(lively: Town) -> None:
    _sets_up(lively, Name="Payments")
    assert "is on call now" in lively.forms_of(lively.tom)[-1]
    assert "please tell them yourself" in lively.forms_of(lively.tom)[-1], "they sleep"
    assert _on_call(lively, lively.priya).startswith("Payments: @Tom is on call until Mon, 12 Oct")
    lively.move_to(FRIDAY)
    (reminder,) = lively.writes_to(lively.ana)
    assert "You are on call in Payments from" in reminder
    lively.move_to(MONDAY)
    assert _on_call(lively, lively.tom).startswith("Payments: @Ana is on call until")
    assert len(lively.writes_to(lively.ana)) == 1


def test_the_schedule_shows_two_weeks_in_both_times(quiet: Town) -> None:
    _sets_up(quiet, Name="Payments")
    quiet.priya.types("#infra", "/redphone schedule")
    shown = quiet.whispers_to(quiet.priya)[-1]
    assert "Payments (Europe/Berlin)" in shown
    assert "12:30" in shown, "09:00 in Berlin, where she is"
    assert "there)" in shown
    assert shown.index("@Ana") < shown.index("@Mei"), "who comes next, in order"


def test_a_swap_is_typed_told_shown_and_taken_back(quiet: Town) -> None:
    _sets_up(quiet)
    quiet.tom.types("#infra", "/redphone schedule swap @Priya until Monday")
    assert "@Priya is on call" in quiet.whispers_to(quiet.tom)[-1]
    assert "12. Okt." in quiet.whispers_to(quiet.tom)[-1]
    (told,) = quiet.writes_to(quiet.priya)
    assert "@Tom put you on call from" in told
    assert "@Priya is on call" in _on_call(quiet, quiet.sam)
    quiet.move_to(MONDAY - timedelta(minutes=10))
    assert "@Priya is on call" in _on_call(quiet, quiet.sam)
    quiet.move_to(MONDAY)
    assert "@Ana is on call" in _on_call(quiet, quiet.sam), "a day ends when it is handed over"


def test_undo_takes_a_swap_back(quiet: Town) -> None:
    _sets_up(quiet)
    quiet.tom.types("#infra", "/redphone schedule swap @Priya until Monday")
    quiet.tom.presses("Undo")
    assert "Taken back." in quiet.whispers_to(quiet.tom)[-1]
    assert "@Tom is on call" in _on_call(quiet, quiet.sam)
    assert "took back the swap" in quiet.writes_to(quiet.priya)[-1]


def test_a_swap_in_the_form_says_what_is_wrong(quiet: Town) -> None:
    _sets_up(quiet)
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("Swap…")
    for who, until, field in (("Gil", "Monday", "who"), ("Mei", "03/04", "until")):
        quiet.tom.fills_in({"Who takes over?": who, "Until when?": until})
        assert field in (quiet.tom.form or {})["errors"]
    quiet.tom.fills_in(
        {"From when?": "", "Who takes over?": "Mei", "Until when?": "tomorrow 17:00"}
    )
    assert "@Mei is on call until" in _on_call(quiet, quiet.tom)


def test_a_rotation_is_changed_deleted_and_had_back(quiet: Town) -> None:
    _sets_up(quiet, Name="Payments")
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("Change…")
    quiet.tom.fills_in({"Who takes turns?": ["Priya", "Tom"], "Time zone": "nowhere"})
    assert set((quiet.tom.form or {})["errors"]) == {"zone"}
    quiet.tom.fills_in({"Time zone": "Europe/Berlin"})
    assert "@Tom is on call" in _on_call(quiet, quiet.sam), "his turn stays his"
    assert any("added you" in each for each in quiet.writes_to(quiet.priya))
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("Delete")
    assert "Nobody is on call" in _on_call(quiet, quiet.sam)
    quiet.tom.presses("Undo")
    assert "@Tom is on call" in _on_call(quiet, quiet.sam)
    actions = [each.action for each in _trail(quiet)]
    for action in ("made", "changed", "deleted", "restored"):
        assert f"rotation.{action}" in actions


def test_guests_neither_change_who_is_on_call_nor_take_turns(quiet: Town) -> None:
    quiet.gil.types("#web-relaunch", "/redphone schedule")
    assert "full members" in quiet.whispers_to(quiet.gil)[-1]
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("New rotation…")
    quiet.tom.fills_in(WEEKLY | {"Who takes turns?": ["Tom", "Gil"]})
    assert "Gil" in (quiet.tom.form or {})["errors"]["members"]


def test_two_rotations_of_one_name_are_not_made(quiet: Town) -> None:
    _sets_up(quiet, Name="Payments")
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("New rotation…")
    quiet.tom.fills_in(WEEKLY | {"Name": "payments"})
    assert "name" in (quiet.tom.form or {})["errors"]


def test_what_begins_with_schedule_but_is_no_wish_is_what_is_happening(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone schedule service is down")
    assert "schedule service is down" in quiet.forms_of(quiet.tom)[-1]


def test_whoever_is_away_during_their_shift_is_told_once_and_the_schedule_warns(
    quiet: Town,
) -> None:
    _sets_up(quiet)
    tom = quiet._id(quiet.tom)
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        away = Leave(uow.now.date() + timedelta(days=1), uow.now.date() + timedelta(days=2))
        tell(uow.session, TEAM_ID, tom, away, now=uow.now)
        uow.tell(LeaveChanged(team_id=TEAM_ID, user_id=tom))
    (told,) = quiet.writes_to(quiet.tom)
    assert "away on some of these days" in told
    quiet.advance(hours=1)
    assert len(quiet.writes_to(quiet.tom)) == 1
    quiet.sam.types("#infra", "/redphone schedule")
    assert "away on some of these days" in quiet.whispers_to(quiet.sam)[-1]
    quiet.tom.presses("Swap…")
    quiet.tom.fills_in({"Who takes over?": "Priya", "Until when?": "Monday"})
    assert "@Priya is on call" in _on_call(quiet, quiet.sam)


def test_whoever_leaves_is_taken_out_and_whoever_made_the_rotation_is_told(quiet: Town) -> None:
    _sets_up(quiet, **{"Who takes turns?": ["Ana", "Mei"]})
    _leaves(quiet, "Ana")
    assert "@Mei is on call" in _on_call(quiet, quiet.sam)
    assert any("no full member any more" in each for each in quiet.writes_to(quiet.tom))
    _leaves(quiet, "Mei")
    assert "Nobody is on call" in _on_call(quiet, quiet.sam)
    assert any("reaches nobody" in each for each in quiet.writes_to(quiet.tom))


ICS_WHOLE_WEEK = ["DTSTART;VALUE=DATE:20261005", "DTEND;VALUE=DATE:20261012", "SUMMARY:@priya"]
ICS_NOBODY = ["DTSTART;VALUE=DATE:20261012", "DTEND;VALUE=DATE:20261019", "SUMMARY:Zoe"]


def test_a_calendar_says_who_is_on_call_and_its_address_is_kept_secret(database_url: str) -> None:
    with (
        CalendarServer(Sent(calendar(ICS_WHOLE_WEEK, ICS_NOBODY))) as server,
        _wired(database_url) as living,
    ):
        _gives(living, server.url)
        assert "@Priya is on call" in _on_call(living, living.sam)
        living.sam.types("#infra", "/redphone schedule")
        shown = living.whispers_to(living.sam)[-1]
        assert "From a calendar at 127.0.0.1" in shown
        assert "“Zoe”" in shown
        assert "team.ics" not in shown
        living.move_to(MONDAY + timedelta(hours=1))
        assert "@Ana is on call" in _on_call(living, living.sam), "whose turn it would be"


def test_an_error_is_shown_and_what_was_read_before_stays(database_url: str) -> None:
    with CalendarServer(Sent(calendar(ICS_WHOLE_WEEK))) as server, _wired(database_url) as living:
        _gives(living, server.url)
        server.sent = Sent(b"<html>sign in</html>")
        living.advance(minutes=29)
        assert len(server.asked) == 1
        living.advance(minutes=2)
        assert len(server.asked) == 2
        assert "@Priya is on call" in _on_call(living, living.sam)
        living.sam.types("#infra", "/redphone schedule")
        assert "The calendar cannot be read" in living.whispers_to(living.sam)[-1]


@pytest.mark.alone("there are keys where it is installed")
def test_without_keys_nobody_enters_an_address(quiet: Town) -> None:
    _sets_up(quiet)
    quiet.tom.types("#infra", "/redphone schedule")
    quiet.tom.presses("Calendar…")
    assert "baton keys new" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("home")
def test_named_rotations_stand_on_everybodys_home_page(quiet: Town) -> None:
    _sets_up(quiet, Name="Payments")
    home = quiet.home_of(quiet.mei)
    assert "Red phone: Payments: @Tom is on call until" in home


def _sets_up(living: Town, **fields: str | list[str]) -> None:
    living.tom.types("#infra", "/redphone schedule")
    living.tom.presses("New rotation…")
    living.tom.fills_in(WEEKLY | fields)
    assert (living.tom.form or {}).get("errors") in (None, {})


def _on_call(living: Town, person: Person) -> str:
    person.types("#infra", "/redphone oncall")
    return living.whispers_to(person)[-1]


def _leaves(living: Town, name: str) -> None:
    users = living.server.slack.world.users.values()
    next(each for each in users if each.name == name).deleted = True
    living.advance(hours=13)
    living.advance(hours=12)


def _trail(living: Town) -> list[audit.Entry]:
    with living.app.bot.begin(TEAM_ID, during="job") as uow:
        return audit.entries(uow.session, TEAM_ID)


def _gives(living: Town, url: str) -> None:
    _sets_up(living)
    living.tom.types("#infra", "/redphone schedule")
    living.tom.presses("Calendar…")
    living.tom.fills_in({"Address of an iCalendar": url})
    living.settle()


@contextmanager
def _wired(database_url: str) -> Iterator[Town]:
    """A town that may read calendars of this machine."""

    def register(bot: Bot) -> None:
        bot.outside.calendars = WebCalendars(loopback=True, seconds=60)

    settings = {"baton_encryption_keys": new_key()}
    with town(database_url, settings=settings, register=register) as living:
        yield living
