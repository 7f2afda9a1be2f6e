"""The whole review: order, rules that are off, and what is judged of a labelled row."""

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.judge import judge
from bot.features.coach.rules.review import may_need_a_hint, review
from tests.features.coach.talk import situation
from tests.support.events import posted


def test_the_weightiest_finding_comes_first() -> None:
    found = review(situation("<@U0ANA0000> can you help me? quick call?"))
    assert [each.rule for each in found][:1] == [Rule.VAGUE_ASK]


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
