"""Posts that reach somebody far outside of their day."""

from datetime import timedelta

import pytest

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.norms.hours import far_from_work
from bot.features.coach.rules.situation import Addressee
from tests.features.coach.talk import ANA, MEI, NOON, findings, rules, situation

ASKED = "<@U0ANA0000> can you check the export?"
ASLEEP = Addressee(ANA, NOON, NOON + timedelta(hours=9))


def test_somebody_asked_nine_hours_before_their_day_begins_is_found() -> None:
    found = findings(situation(f"morning! {ASKED}", addressees=[ASLEEP]))
    assert found[Rule.OFF_HOURS].phrase == "can you check the export?"


@pytest.mark.parametrize(
    "addressee",
    [
        Addressee(ANA, NOON),
        Addressee(ANA, NOON, NOON + timedelta(minutes=60)),
        Addressee(MEI, NOON, NOON + timedelta(hours=9)),
    ],
    ids=["at work", "in an hour", "somebody else"],
)
def test_who_is_at_work_soon_or_not_mentioned_is_none(addressee: Addressee) -> None:
    assert rules(situation(ASKED, addressees=[addressee])) == []


def test_an_hour_and_a_minute_is_far() -> None:
    far = Addressee(ANA, NOON, NOON + timedelta(minutes=61))
    assert rules(situation(ASKED, addressees=[far])) == [Rule.OFF_HOURS]


@pytest.mark.parametrize(
    "text",
    [
        "<@U0ANA0000> thanks for the export",
        "<@U0ANA0000> the export is done",
        "<@U0ANA0000> no rush, can you check the export tomorrow?",
        "<@U0ANA0000> when you're back online, can you check the export?",
        "<@U0ANA0000> for your morning: can you check the export?",
    ],
)
def test_who_is_told_something_or_may_wait_is_left_alone(text: str) -> None:
    assert rules(situation(text, addressees=[ASLEEP])) == []


def test_without_addressees_nothing_is_known() -> None:
    assert rules(situation(ASKED)) == []


def test_only_those_far_from_work_are_told() -> None:
    near = Addressee(MEI, NOON, NOON + timedelta(minutes=30))
    assert far_from_work([near, ASLEEP, Addressee(MEI, NOON)]) == [ASLEEP]
