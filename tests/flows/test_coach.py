"""The coach, from a message to what its author sees."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.agreement.setting import channel_scope, person_scope
from bot.core.events import instant_of
from bot.core.message_store import MessageRow
from bot.features.coach.models import HintRow
from tests.support.town import Town

HINT = "a hello is all there is to answer"


@pytest.fixture
def lively(lively: Town) -> Town:
    """A town in which the coach is on everywhere."""
    lively.sets("coach.mode", "on")
    return lively


@pytest.fixture
def quiet(quiet: Town) -> Town:
    quiet.sets("coach.mode", "on")
    return quiet


def test_a_naked_hello_gets_its_author_one_private_hint(lively: Town) -> None:
    lively.tom.says("#web-relaunch", "Hi @Ana")
    hints = lively.whispers_to(lively.tom)
    assert len(hints) == 1
    assert HINT in hints[0]
    assert "It is 05:0" in hints[0]
    assert lively.whispers_to(lively.ana) == []
    assert lively.posts_in("#web-relaunch") == []
    assert lively.writes_to(lively.ana) == []


def test_a_hello_with_a_question_gets_no_hint(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana, does the header fit?")
    assert quiet.whispers_to(quiet.tom) == []


def test_a_hello_to_oneself_a_guest_an_app_or_nobody_gets_no_hint(quiet: Town) -> None:
    for greeting in ("Hi @Tom", "Hi @Gil", "Hi @Deploys", "Hi all"):
        quiet.tom.says("#web-relaunch", greeting)
    assert quiet.whispers_to(quiet.tom) == []


def test_a_guest_gets_no_hint(quiet: Town) -> None:
    quiet.gil.says("#web-relaunch", "Hi @Ana")
    assert quiet.whispers_to(quiet.gil) == []


def test_a_hello_that_is_gone_or_says_more_by_now_gets_no_hint(quiet: Town) -> None:
    quiet.slack.faults(hold=True)
    gone = quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.tom.deletes("#web-relaunch", gone)
    more = quiet.priya.says("#web-relaunch", "Hi @Ana")
    quiet.priya.edits("#web-relaunch", more, "Hi @Ana, does the header fit?")
    with quiet.app.bot.database.transaction() as session:  # the changes are read first
        for ts, text, is_deleted in ((gone, "", True), (more, "Hi, does it fit?", False)):
            row = MessageRow(team_id="T0TIDELINE", channel_id="C0WEBSITE", ts=ts, text=text)
            row.at, row.is_deleted, row.user_id = instant_of(ts), is_deleted, "U0PRIYA00"
            row.edited_ts = ts
            session.add(row)
    quiet.slack.faults()
    assert quiet.whispers_to(quiet.tom) == quiet.whispers_to(quiet.priya) == []


def test_a_hello_that_arrives_late_gets_no_hint(quiet: Town) -> None:
    quiet.slack.faults(hold=True)
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.slack.advance(timedelta(minutes=6))
    quiet.slack.faults()
    assert quiet.whispers_to(quiet.tom) == []


@pytest.mark.needs("agreement")
def test_whoever_stops_the_hints_gets_none_until_they_switch_them_on(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.settle()
    quiet.tom.presses("Stop these hints")
    quiet.tom.says("#infra", "Hello @Priya")
    assert len(quiet.whispers_to(quiet.tom)) == 2, "the hint, and that there will be no more"
    assert "“Hints” is off now" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Undo")
    quiet.tom.says("#infra", "Hey @Mei")
    assert HINT in quiet.whispers_to(quiet.tom)[-1]


def test_in_shadow_nobody_gets_a_hint_and_it_is_counted(quiet: Town) -> None:
    quiet.sets("coach.mode", "shadow", channel_scope("C0WEBSITE"))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    assert quiet.whispers_to(quiet.tom) == []
    with quiet.app.bot.reading() as (session, _):
        counted = list(session.scalars(select(HintRow)))
    assert [(row.channel_id, row.mode) for row in counted] == [("C0WEBSITE", "shadow")]


def test_off_counts_nothing(quiet: Town) -> None:
    quiet.sets("coach.mode", "off", channel_scope("C0WEBSITE"))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    assert quiet.whispers_to(quiet.tom) == []
    with quiet.app.bot.reading() as (session, _):
        assert list(session.scalars(select(HintRow))) == []


def test_somebody_who_wants_to_be_left_alone_gets_no_hint(quiet: Town) -> None:
    quiet.sets("people.off", "on", person_scope("U0TOM0000"))
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    assert quiet.whispers_to(quiet.tom) == []
