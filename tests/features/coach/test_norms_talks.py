"""A long back-and-forth of two people, and the agenda of the talk that is proposed."""

from datetime import timedelta
from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.catalogue import Leaning, Rule
from bot.features.coach.rules.norms.talks import LONGEST, MOST, WITHIN, agenda, long_talk
from tests.features.coach.talk import ANA, PRIYA, TOM, message, told

QUICK = 2.0
"""Minutes between two messages."""


def _alternating(count: int, *, step: float = QUICK, start: float = 0) -> list[StoredMessage]:
    """So many messages of Tom and Ana in turn."""
    people = (TOM, ANA)
    return [
        message(f"point {place} of this", people[place % 2], minute=start + place * step)
        for place in range(count)
    ]


def test_twelve_alternations_of_two_within_half_an_hour_are_a_long_talk() -> None:
    talk = _alternating(13)
    found = long_talk(talk)
    assert found is not None
    assert (found.rule, found.about) == (Rule.BACK_AND_FORTH, talk[0].ts)
    assert found.phrase == "point 0 of this"
    assert found.leaning is Leaning.CONSIDER


def test_eleven_alternations_are_none() -> None:
    assert long_talk(_alternating(12)) is None


def test_several_messages_in_a_row_are_one_turn() -> None:
    alone = [message(f"line {place}", TOM, minute=place / 10) for place in range(40)]
    assert long_talk(alone) is None
    twice = [one for each in _alternating(13, step=1) for one in (each, each)]
    found = long_talk(twice)
    assert found is not None
    assert found.about == twice[0].ts


def test_ten_times_as_much_of_one_alone_takes_no_more_than_thirty_times_as_long() -> None:
    def seconds(count: int) -> float:
        alone = [message("one more build", TOM, minute=place / 1_000) for place in range(count)]
        tries = []
        for _ in range(3):
            began = process_time()
            assert long_talk(alone) is None
            tries.append(process_time() - began)
        return min(tries)

    assert seconds(20_000) < 30 * seconds(2_000)


def test_twelve_alternations_in_more_than_half_an_hour_are_none() -> None:
    assert long_talk(_alternating(13, step=2.5)) is not None
    assert long_talk(_alternating(13, step=2.6)) is None


def test_a_slow_start_does_not_hide_a_quick_run() -> None:
    slow = _alternating(4, step=20)
    quick = _alternating(13, start=90)
    found = long_talk([*slow, *quick])
    assert found is not None
    assert found.about == quick[0].ts


def test_a_third_person_makes_it_a_talk_of_three() -> None:
    talk = _alternating(13)
    others = [*talk[:7], message("me too", PRIYA, minute=13), *talk[7:]]
    assert long_talk(others) is None


def test_after_a_third_person_two_may_go_on_long() -> None:
    before = [message("morning", PRIYA)]
    talk = _alternating(13, start=1)
    found = long_talk([*before, *talk])
    assert found is not None
    assert found.about == talk[0].ts


def test_the_run_keeps_its_first_message_while_the_two_go_on() -> None:
    talk = _alternating(40, step=1)
    abouts = {found.about for end in range(13, 41) if (found := long_talk(talk[:end]))}
    assert abouts == {talk[0].ts}


def test_nobody_and_somebody_alone_have_no_talk() -> None:
    assert long_talk([]) is None
    assert long_talk([message("hi")]) is None


@given(st.lists(st.tuples(st.sampled_from([TOM, ANA, PRIYA]), st.integers(0, 9)), max_size=60))
def test_a_long_talk_is_of_two_within_half_an_hour(said: list[tuple[str, int]]) -> None:
    minute = 0
    talk: list[StoredMessage] = []
    for user, pause in said:
        minute += pause
        talk.append(message("so what do we do", user, minute=minute + len(talk) / 100))
    found = long_talk(talk)
    if found is not None:
        run = [each for each in talk if each.ts >= found.about]
        near = [each for each in run if each.at - run[0].at <= WITHIN]
        people = [each.user_id for each in near]
        turns = sum(one != other for one, other in pairwise(people))
        assert turns >= 12
        assert timedelta() <= near[-1].at - near[0].at <= WITHIN


def test_the_agenda_has_what_is_open_in_their_own_words() -> None:
    talk = told(
        (TOM, "Which price do we show to resellers?"),
        (ANA, "Net, as in the contract."),
        (TOM, "And who tells the shop in Vienna?"),
        (ANA, "not sure, depends on the contract"),
        (TOM, "I think we should write to all of them at once."),
        (ANA, "The problem is the discount of last year."),
        (TOM, "ok"),
        (ANA, "What happens with the old vouchers?"),
    )
    assert agenda(talk) == [
        "And who tells the shop in Vienna?",
        "I think we should write to all of them at once.",
        "The problem is the discount of last year.",
        "What happens with the old vouchers?",
    ]


def test_an_agenda_of_small_talk_is_empty() -> None:
    assert agenda(told((TOM, "ok"), (ANA, "yes"), (TOM, "haha why?"), (ANA, "no idea :)"))) == []


def test_an_agenda_has_five_short_lines_each_once() -> None:
    long = "Should we " + "really " * 40 + "do that?"
    said = [(TOM if place % 2 else ANA, f"Is number {place} open?") for place in range(9)]
    lines = agenda(told(*said, (TOM, long), (ANA, "Is number 8 open?")))
    assert len(lines) == MOST
    assert len(set(lines)) == MOST
    assert all(len(line) <= LONGEST for line in lines)
    assert lines[-1].startswith("Should we really")


def test_an_agenda_quotes_no_tokens() -> None:
    lines = agenda(told((TOM, "<@U0ANA0000> do we merge <https://git.example/1> today or not?")))
    assert lines == ["do we merge … today or not?"]
