"""The whole review: order, rules that are off, and what is judged of a labelled row."""

import pytest

from bot.core.events import ChannelKind, MessagePosted
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.judge import judge
from bot.features.coach.rules.review import may_need_a_hint, review
from tests.features.coach.talk import situation


def test_the_weightiest_finding_comes_first() -> None:
    found = review(situation("<!here> can anyone help me?"))
    assert [each.rule for each in found] == [Rule.VAGUE_ASK, Rule.BROADCAST]


def test_a_call_without_a_subject_is_vague_as_well() -> None:
    found = review(situation("quick call?"))
    assert [each.rule for each in found] == [Rule.QUICK_CALL, Rule.VAGUE_ASK]


def test_a_rule_that_is_off_finds_nothing() -> None:
    given = situation("hello everyone")
    assert [each.rule for each in review(given)] == [Rule.NAKED_HELLO]
    assert review(given, without=[Rule.NAKED_HELLO]) == []


def test_the_judge_names_what_is_missing_as_rows_are_labelled() -> None:
    row = {"id": 1, "user": "Mei", "text": "could someone look at my PR?", "first_in_conv": True}
    assert judge(row) == {"needs_coaching": True, "missing": ["context"], "norms": []}


def test_the_judge_knows_the_room_by_its_name() -> None:
    row = {"id": 1, "user": "Mei", "text": "hello everyone", "first_in_conv": True}
    assert judge({**row, "channel": "help"})["needs_coaching"]
    assert not judge({**row, "channel": "random"})["needs_coaching"]


def test_the_judge_sees_what_was_said_before() -> None:
    row = {"id": 1, "user": "Mei", "text": "can anyone help?"}
    assert judge(row)["needs_coaching"]
    said = {"user": "Mei", "text": "the export writes 312 rows instead of 4000 since Monday"}
    assert not judge({**row, "prev": [said]})["needs_coaching"]


def _may(text: str, *, mentions: tuple[str, ...] = ()) -> bool:
    return may_need_a_hint(
        MessagePosted(
            team_id="T1",
            channel_id="C1",
            kind=ChannelKind.PUBLIC,
            ts="1791273600.000100",
            user_id="U1",
            text=text,
            mentions=mentions,
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "hello everyone",
        "can anyone help me?",
        "any update?",
        "&gt; the deploy is at ten\nworks for me",
        "yes, it is in the drive",
        "^ this",
    ],
)
def test_what_a_rule_could_hold_for_gets_a_look(text: str) -> None:
    assert _may(text)


def test_whoever_mentions_somebody_gets_a_look_for_they_may_be_asleep() -> None:
    text = "<@U2> which of the two logos do you like better?"
    assert _may(text, mentions=("U2",))


@pytest.mark.parametrize(
    "text", ["lunch was great", "released 2.3.1, notes are in the wiki", "thanks a lot!", ":tada:"]
)
def test_most_chat_needs_no_look(text: str) -> None:
    assert not _may(text)
