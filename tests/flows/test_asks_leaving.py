"""Whoever is no full member any more owes nobody an answer, and waits for none."""

from datetime import UTC, datetime

import pytest

from tests.flows.test_asks_composed import by, listed, on, written_to
from tests.flows.test_asks_delivery import ESCALATE, NAMED, STAND_INS
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

POOL = "raise the pool size"
QUESTION = f"@Priya can you {POOL} today?"
NOBODY = "Nobody is asked any more"
NO_MEMBER = "is no full member of this workspace now"
OVERDUE = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)


def test_f37_the_asker_hears_once_that_who_left_is_asked_no_more_and_may_ask_another(
    lively: Town,
) -> None:
    lively.tom.says("#infra", QUESTION)
    lively.settle()
    lively.tom.deactivates("Priya")
    lively.settle()
    [heard] = told_of_nobody(lively)
    assert NO_MEMBER in heard
    assert POOL in heard
    assert "You are not waiting for anybody" in by(lively.tom, lively)
    lively.move_to(OVERDUE)
    assert len(told_of_nobody(lively)) == 1
    assert not any("still waiting" in text for text in lively.writes_to(lively.priya))


def test_f37_a_guest_is_asked_no_more_either_and_their_reminder_has_nothing_left_to_press(
    lively: Town,
) -> None:
    lively.tom.says("#infra", QUESTION)
    lively.move_to(OVERDUE)
    assert any("still waiting" in text for text in lively.writes_to(lively.priya))
    lively.tom.makes("Priya", "guest")
    lively.settle()
    assert len(told_of_nobody(lively)) == 1


def test_f37_what_was_passed_on_to_who_left_comes_back_to_who_had_it(lively: Town) -> None:
    _passed_on_to_noor(lively)
    lively.tom.deactivates("Noor")
    lively.settle()
    assert "came back to you" in written_to(lively.priya, POOL)["text"]
    assert told_of_nobody(lively) == [], "whom they asked is asked again"
    assert "@Priya in #infra, due" in by(lively.tom, lively)


def test_f37_who_left_does_not_get_back_what_they_passed_on(quiet: Town) -> None:
    noor = quiet.slack.person("Noor")
    _passed_on_to_noor(quiet)
    quiet.tom.deactivates("Priya")
    quiet.settle()
    assert "passed on to @Noor, due" in by(quiet.tom, quiet), "it is still asked for"
    noor.presses("Return it")
    quiet.settle()
    [heard] = told_of_nobody(quiet)
    assert POOL in heard
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_f37_who_was_asked_too_has_it_from_then_on(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(OVERDUE)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, ESCALATE)
    quiet.tom.fills_in({"Whom?": NAMED, STAND_INS: "Ivo"})
    quiet.settle()
    quiet.tom.deactivates("Priya")
    quiet.settle()
    ivo = quiet.slack.person("Ivo")
    assert POOL in on(ivo, quiet)
    assert "@Priya in #infra, passed on to @Ivo, due" in by(quiet.tom, quiet)
    assert told_of_nobody(quiet) == []
    quiet.tom.deactivates("Ivo")
    quiet.settle()
    assert len(told_of_nobody(quiet)) == 1
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_f37_one_of_a_group_may_leave_while_the_others_are_asked(quiet: Town) -> None:
    quiet.tom.makes_group("oncall", "Priya", "Ivo")
    quiet.tom.says("#infra", f"@oncall can you {POOL} today?")
    quiet.settle()
    quiet.tom.deactivates("Priya")
    quiet.settle()
    assert told_of_nobody(quiet) == []
    quiet.tom.deactivates("Ivo")
    quiet.settle()
    assert len(told_of_nobody(quiet)) == 1


def test_f37_nobody_owes_who_left_an_answer(lively: Town) -> None:
    lively.priya.says("#infra", f"@Tom can you {POOL} today?")
    lively.settle()
    lively.tom.deactivates("Priya")
    lively.settle()
    assert "Nothing is waiting on you" in on(lively.tom, lively)
    lively.move_to(OVERDUE)
    assert not any("still waiting" in text for text in lively.writes_to(lively.tom))


def test_f37_who_comes_back_is_asked_anew_not_for_what_is_over(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    quiet.tom.deactivates("Priya")
    quiet.settle()
    quiet.tom.activates("Priya")
    quiet.settle()
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    quiet.tom.says("#infra", "@Priya could you review the runbook today?")
    quiet.settle()
    assert "runbook" in on(quiet.priya, quiet)


def told_of_nobody(town: Town) -> list[str]:
    """What Tom was told of nobody being asked any more."""
    return [text for text in town.writes_to(town.tom) if NOBODY in text]


def _passed_on_to_noor(town: Town) -> None:
    town.tom.says("#infra", QUESTION)
    town.settle()
    listed(town.priya, town)
    town.priya.picks_option(POOL, "Delegate…")
    town.priya.fills_in({"Who can answer it?": "Noor"})
    town.settle()
