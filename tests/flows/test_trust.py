"""What must not come out although everything else works: words, names, rights and times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import String, Text, select, update

from bot.app import metadata
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.drafting import Draft, DraftLine, DraftRequest
from bot.core.people import PersonRow
from bot.core.render import mrkdwn
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

NIGHT: Final = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
DRAFTED = datetime(2026, 10, 7, 6, 45, tzinfo=UTC)  # a quarter of an hour before Tom reads
CANARY: Final = "CANARYWORD"
SAID: Final = f"We move the {CANARY} launch to Friday, sorry."
WAYS: Final[dict[str, Callable[[Town, str], None]]] = {
    "erased": lambda town, _ts: _erases(town.mei),
    "deleted": lambda town, ts: town.mei.deletes("#infra", ts),
    "edited": lambda town, ts: town.mei.edits("#infra", ts, "We keep the launch on Monday."),
    "off": lambda town, _ts: town.mei.types("#general", "/baton off"),
}


class Wording:
    """A drafter that words the first message of a channel its own way."""

    is_plain = False

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self._before: Callable[[], None] | None = before

    def draft(self, request: DraftRequest) -> Draft:
        before, self._before = self._before, None
        if before:
            before()
        source = request.material.sources[0]
        author = request.material.alias_of(source.author_id)
        text = f"{author} moves the {CANARY} launch to Friday."
        line = DraftLine(text, (source.id,), source.text[:40], "update")
        return Draft([line], "drafted", is_plain=False)


def _erases(person: Person) -> None:
    person.types("#general", "/baton privacy erase")
    person.fills_in({})


def _direct(person: Person) -> str:
    return "\n".join(message["text"] for message in person.direct_messages())


def _stored(town: Town, word: str) -> set[str]:
    """Where in the database a word stands."""
    with town.app.bot.reading() as (session, _):
        return {
            f"{table.name}.{column.name}"
            for table in metadata().sorted_tables
            for column in table.columns
            if isinstance(column.type, String | Text) or column.name in {"payload", "lines"}
            for value in session.scalars(select(column))
            if word in str(value)
        }


@pytest.mark.needs("digest", "privacy")
@pytest.mark.parametrize("way", WAYS)
def test_what_a_model_worded_goes_with_the_words_it_rests_on(way: str, quiet: Town) -> None:
    quiet.app.bot.drafter = Wording()
    quiet.move_to(NIGHT)
    ts = quiet.mei.says("#infra", SAID)
    quiet.move_to(DRAFTED)
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert f"@Mei moves the {CANARY} launch" in quiet.writes_to(quiet.tom)[-1]
    WAYS[way](quiet, ts)
    quiet.settle()
    assert CANARY not in _direct(quiet.tom)
    assert _stored(quiet, CANARY) == set()


@pytest.mark.needs("digest", "privacy")
def test_whoever_is_erased_while_a_draft_is_made_is_not_in_it(quiet: Town) -> None:
    quiet.app.bot.drafter = Wording(before=lambda: _erases(quiet.mei))
    quiet.move_to(NIGHT)
    quiet.mei.says("#infra", SAID)
    quiet.move_to(DRAFTED)
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert CANARY not in "\n".join(quiet.writes_to(quiet.tom))
    assert _stored(quiet, CANARY) == set()


@pytest.mark.needs("digest")
def test_t07_an_edit_is_not_shown_to_somebody_who_was_removed(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.move_to(NIGHT)
    ts = quiet.tom.says("#leads", "We plan the budget.")
    quiet.settle()
    quiet.slack.next_morning("Priya")
    quiet.settle()
    assert "We plan the budget." in _direct(quiet.priya)
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()
    quiet.advance(minutes=5)
    quiet.tom.edits("#leads", ts, "NEWSECRET: Priya will be promoted.")
    quiet.settle()
    assert "NEWSECRET" not in _direct(quiet.priya)
    assert "(text not kept)" in _direct(quiet.priya)


@pytest.mark.needs("privacy")
def test_what_waits_to_be_sent_does_not_reach_whoever_is_off_by_then(quiet: Town) -> None:
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        hello = Message(mrkdwn("Good morning"))
        uow.outbox.post_to_person("late", "U0TOM0000", hello, urgency=Urgency.DIGEST)
        bot.change_settings(uow, [quiet.change("people.off", "on", "U0TOM0000")], by="U0TOM0000")
    assert quiet.writes_to(quiet.tom) == []


def test_a_message_that_waited_for_hours_is_not_sent_at_night(quiet: Town) -> None:
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        hello = Message(mrkdwn("Good morning"))
        worth = uow.now - timedelta(hours=1)
        uow.outbox.post_to_person(
            "late", "U0TOM0000", hello, urgency=Urgency.DIGEST, drop_after=worth
        )
    assert quiet.writes_to(quiet.tom) == []


def test_a_status_that_ends_in_two_years_stops_nobody_elses_news(lively: Town) -> None:
    lively.mei.sets_status(
        ":palm_tree:", "Parental leave", until=datetime(2028, 12, 31, tzinfo=UTC)
    )
    lively.settle()
    lively.tom.makes("Sam", "guest")
    lively.settle()
    lively.advance(hours=13)
    with lively.app.bot.reading() as (session, now):
        rows = list(session.scalars(select(PersonRow)))
    assert all(now - row.fetched_at < timedelta(hours=2) for row in rows)
    assert [row.is_member for row in rows if row.name == "Sam"] == [False]


@pytest.mark.needs("digest")
def test_a_vacation_status_without_an_end_holds_until_it_is_taken_back(quiet: Town) -> None:
    quiet.move_to(NIGHT)
    quiet.mei.says("#infra", "The pump is broken.")
    quiet.move_to(datetime(2026, 10, 7, 7, 5, tzinfo=UTC))
    quiet.advance(hours=13)
    quiet.tom.sets_status(":palm_tree:", "Vacationing")
    for day in (8, 9):
        quiet.mei.says("#infra", f"Nothing new on day {day}.")
        quiet.move_to(datetime(2026, 10, day, 2, 0, tzinfo=UTC))
        quiet.move_to(datetime(2026, 10, day, 7, 5, tzinfo=UTC))
    assert len(quiet.writes_to(quiet.tom)) == 1
    quiet.tom.clears_status()
    quiet.settle()
    quiet.move_to(datetime(2026, 10, 12, 7, 5, tzinfo=UTC))
    assert "Nothing new on day 8." in quiet.writes_to(quiet.tom)[-1]
    assert "Nothing new on day 9." in quiet.writes_to(quiet.tom)[-1]


@pytest.mark.needs("enrolment")
def test_t11_a_role_that_slack_does_not_confirm_in_time_changes_nothing(quiet: Town) -> None:
    quiet.slack.faults(methods=[{"method": "users.info", "delay": 3.0, "times": 100}])
    with quiet.app.bot.database.transaction() as session:
        long_ago = quiet.app.bot.clock.now() - timedelta(minutes=5)
        session.execute(update(PersonRow).values(fetched_at=long_ago))
    quiet.server.slack.world.users["U0TOM0000"].is_admin = False
    quiet.tom.types("#general", "/baton pause")
    quiet.slack.faults()
    assert "whether you may do that" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("availability", "digest")
def test_a_leave_that_began_long_ago_counts_from_today(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton away 2020-01-01 until 2026-10-07")
    assert "from Tue 6 Oct 2026 to Wed 7 Oct 2026" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/digest now")
    assert "Something went wrong" not in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#general", "/baton back")
    assert "Welcome back" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("asks", "availability", "home")
def test_a_leave_told_later_moves_what_falls_due_in_it(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "@Priya which logo do we ship?")
    quiet.settle()
    quiet.priya.types("#infra", "/baton away tomorrow until Friday")
    quiet.move_to(datetime(2026, 10, 8, 8, 0, tzinfo=UTC))
    assert "overdue" not in quiet.home_of(quiet.tom)
    assert "due Mo., 12. Okt." in quiet.home_of(quiet.tom)
