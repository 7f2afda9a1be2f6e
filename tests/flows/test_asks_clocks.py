"""Deadlines that people name: who waits, who is away, and what is said of it."""

from datetime import UTC, datetime
from typing import Final

import pytest

from bot.core.agreement.setting import person_scope
from tests.flows.test_asks_composed import (
    CHASED,
    composes,
    errors,
    on,
)
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

FALLBACK: Final = "If nobody answers by then, I will …"


def _on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def _without_digest(town: Town) -> None:
    person = str(town.slack.see("Priya")["me"])
    town.sets("digest.on", value=False, scope=person_scope(person))


def test_nothing_goes_ahead_while_the_asker_kept_the_answerer_waiting(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", by="today 1 pm", **{FALLBACK: "drop the old table"})
    quiet.settle()
    card = quiet.posts_in("#infra")[0]["ts"]
    quiet.advance(hours=1)
    quiet.priya.says("#infra", "Which of the two do you mean?", reply_to=card)
    quiet.move_to(_on(6, 11, 30))
    quiet.tom.says("#infra", "The one of the shop, as always.", reply_to=card)
    quiet.settle()
    assert quiet.writes_to(quiet.tom) == []
    assert "due Wed 7 Oct, 10:59 there" in quiet.posts_in("#infra")[0]["text"]
    quiet.move_to(_on(7, 5, 29))
    assert "goes ahead" not in " ".join(quiet.writes_to(quiet.priya))
    quiet.move_to(_on(7, 5, 31))
    assert "goes ahead" in " ".join(quiet.writes_to(quiet.priya))


def test_a_deadline_in_somebodys_leave_moves_behind_it_and_both_see_it(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away until Friday")
    quiet.settle()
    quiet.tom.types("#infra", "/ask @Priya is the copy final? by tomorrow 2 pm")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "@Priya has until Mon 12 Oct, 13:30 (your time)." in told
    assert "They are away and back on Mon 12 Oct" in told
    due = "due Mon 12 Oct, 17:00 there (away, back on Mon 12 Oct)"
    assert due in quiet.posts_in("#infra")[0]["text"]
    quiet.tom.types("#infra", "/ask @Priya which logo do we ship?")
    assert "They are away and back on Mon 12 Oct" in quiet.whispers_to(quiet.tom)[-1]
    composes(quiet.tom, where="#infra", by="tomorrow 2 pm", **{FALLBACK: "delete it"})
    assert "back on Mon 12 Oct" in quiet.forms_of(quiet.tom)[-1]
    quiet.move_to(_on(7, 12, 1))
    assert quiet.writes_to(quiet.tom) == []


def test_leave_that_is_told_of_later_moves_a_deadline_too(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", by="tomorrow 2 pm", **{FALLBACK: "delete it"})
    quiet.settle()
    quiet.priya.types("#infra", "/baton away until Friday")
    quiet.settle()
    assert "due Mon 12 Oct, 17:00 there (away" in quiet.posts_in("#infra")[0]["text"]
    quiet.tom.says("#infra", "@Priya can you look at the pool size by tomorrow noon?")
    quiet.settle()
    assert "back on Mon 12 Oct" in quiet.whispers_to(quiet.tom)[-1]


@pytest.mark.needs("digest")
def test_an_ask_that_becomes_urgent_later_has_its_time_from_then(quiet: Town) -> None:
    _without_digest(quiet)
    quiet.tom.says("#infra", "@Priya the shop is down, can you restart it asap?")
    quiet.settle()
    quiet.move_to(_on(7, 5))
    quiet.tom.presses("Make it urgent")
    quiet.tom.fills_in({"Why can it not wait?": "Nobody can buy."})
    assert "due Wed 7 Oct, 09:00 (your time)" in quiet.forms_of(quiet.tom)[-1]
    quiet.move_to(_on(7, 5, 30))
    assert CHASED not in " ".join(quiet.writes_to(quiet.priya))


@pytest.mark.needs("digest")
def test_an_edit_to_a_time_that_has_passed_leaves_the_due_time(quiet: Town) -> None:
    _without_digest(quiet)
    ts = quiet.tom.says("#infra", "@Priya can you look at the pool size?")
    quiet.advance(minutes=50)
    quiet.tom.edits("#infra", ts, "@Priya can you look at the pool size by 10:30?")
    quiet.settle()
    assert CHASED not in " ".join(quiet.writes_to(quiet.priya))
    assert "due Wed, 7 Oct, 1:30 pm" in on(quiet.priya, quiet)
    assert any("has passed already" in each for each in quiet.whispers_to(quiet.tom))


def test_ask_reads_zones_people_and_reasons_as_they_are_written(quiet: Town) -> None:
    def told(words: str) -> str:
        quiet.tom.types("#infra", f"/ask {words}")
        return quiet.whispers_to(quiet.tom)[-1]

    both = told("@Priya and @Mei is the copy final?")
    assert "@Priya has until" in both
    assert "@Mei has until" in both
    assert "11:30 (your time)" in told("@Priya can you send it by 3 pm your time?")
    assert "17:00 (your time)" in told("@Priya can you send the copy EOD?")
    told("@Priya is it final? urgent: the shop is down, by 3 pm")
    card = quiet.posts_in("#infra")[-1]["text"]
    assert "due Tue 6 Oct, 18:30 there" in card
    assert "Urgent:* the shop is down\n" in card
    told("@Priya can you look? Not urgent: any time this week is fine")
    assert "Urgent" not in quiet.posts_in("#infra")[-1]["text"]


def test_a_time_that_is_over_sends_nothing_and_loses_nothing(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @Sam is it fine? by yesterday 3 pm")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "over already" in told
    assert "Nothing was sent" in told
    assert "/ask @Sam is it fine? by yesterday 3 pm" in told
    quiet.tom.types("#infra", "/ask @Sam is it fine? by 2027-01-04 3 pm")
    assert "has until Mon 4 Jan 2027, 15:00" in quiet.whispers_to(quiet.tom)[-1]
    assert "due Mon 4 Jan 2027" in quiet.posts_in("#infra")[-1]["text"]
    quiet.tom.says("#infra", "@Mei can you look at the pool size by 5 pm Atlantis time?")
    quiet.settle()
    assert "I do not know when that is" in quiet.whispers_to(quiet.tom)[-1]
    composes(quiet.tom, by="yesterday 3 pm")
    assert "over already" in errors(quiet.tom)["by"]
    assert len(quiet.posts_in("#infra")) == 1


@pytest.mark.needs("digest")
def test_digests_tell_who_goes_ahead_with_what_and_no_longer_wait(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", by="Wednesday 5:30 am", **{FALLBACK: "ship the blue one"})
    quiet.settle()
    for minute in (29, 30, 31):
        quiet.move_to(_on(7, 3, minute))
    quiet.move_to(_on(7, 7, 5))
    told = "\n".join(quiet.writes_to(quiet.tom) + quiet.writes_to(quiet.priya))
    assert "so you go ahead: ship the blue one" in "\n".join(quiet.writes_to(quiet.tom))
    assert "overdue since" not in told


@pytest.mark.needs("digest")
def test_what_falls_due_as_the_digest_comes_is_not_told_twice_in_that_hour(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya can you look at the pool size by Wednesday 5:30 am?")
    quiet.move_to(_on(7, 3, 30))  # 09:00 in Kolkata
    quiet.advance(minutes=10)
    [digest] = quiet.writes_to(quiet.priya)
    assert "overdue since Wed, 7 Oct, 9:00 am" in digest
    quiet.advance(minutes=45)
    assert len(quiet.writes_to(quiet.priya)) == 1
    quiet.advance(minutes=15)
    assert CHASED in quiet.writes_to(quiet.priya)[-1]


@pytest.mark.needs("digest")
def test_without_a_digest_the_overdue_message_comes_at_once(quiet: Town) -> None:
    _without_digest(quiet)
    quiet.tom.says("#infra", "@Priya can you look at the pool size by Wednesday 5:30 am?")
    quiet.move_to(_on(7, 3, 30))
    quiet.advance(minutes=1)
    assert CHASED in quiet.writes_to(quiet.priya)[-1]
