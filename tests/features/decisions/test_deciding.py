"""Which message of a conversation decides, and what only looks as if it did."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import RowUnfit
from bot.core.scores import Score, scored
from bot.core.talk import Line
from bot.features.decisions.rules.acts import Act
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.rules.reading import acts_in
from bot.features.decisions.rules.weighing import deciding_message
from tests.features.decisions.conversations import OPEN, SETTLED

ROWS = Path(__file__).parents[2] / "eval/decisions"
TUNED_ON = ("threads_tuned.jsonl", "threads_held_out.jsonl", "threads_seen.jsonl")
ACCEPTING = ("ok", "+1", "agreed", "yes", "fine", "sounds good", "works for me", "sure, do it")
PROPOSAL = ("Ana: should we drop the old export?", "Ivo: nobody used it since May")
PIECES = [
    *("ok", "then", "let's go with B", "+1", "agreed", "if we", "decided:", "?", "A or B", "wait"),
    *(" ", "\n", ", ", ". ", ":tada:", "`x`", '"no"', "&gt; ", "<@U1>", "\ud800", "\u2019"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
SAID = st.lists(st.tuples(st.sampled_from("ABC"), TEXTS), max_size=12)


LINES = [line.partition(": ")[2] for _, said in SETTLED for line in said]
SPOKEN = st.lists(st.sampled_from(LINES), min_size=1, max_size=3).map(" ".join) | TEXTS


def _decides(said: Iterable[str]) -> int | None:
    parts = (each.partition(": ") for each in said)
    return deciding_message([Line(place, who, text) for place, (who, _, text) in enumerate(parts)])


def test_what_settles_a_conversation_is_found_nine_times_in_ten() -> None:
    missed = [said for acceptable, said in SETTLED if _decides(said) not in acceptable]
    assert len(missed) * 10 <= len(SETTLED), missed


def test_what_settles_nothing_is_left_alone_nineteen_times_in_twenty() -> None:
    found = [said for said in OPEN if _decides(said) is not None]
    assert len(found) * 20 <= len(OPEN), found


@given(SPOKEN, st.frozensets(st.sampled_from(Act)))
def test_what_is_looked_for_alone_is_found_as_among_everything(
    text: str, wanted: frozenset[Act]
) -> None:
    assert acts_in(text, "Ana", wanted) == acts_in(text, "Ana") & wanted


@pytest.mark.parametrize(
    "ending",
    [
        "Ana: ok, dropping it in 4.2 then",
        "Ana: decided: it goes in 4.2",
        "Ana: let's go with dropping it",
        "Ana: so we won't ship the export any more",
        "Ana: #agreed the old export is dropped in 4.2",
        "Gil: go ahead, drop it",
    ],
)
def test_a_commitment_after_a_question_decides(ending: str) -> None:
    assert _decides((*PROPOSAL, ending, "Ivo: ok")) == 2


@pytest.mark.parametrize(
    "ending",
    [
        "Ana: shall we go with dropping it?",
        "Ana: maybe we should",
        "Ana: if it were mine I'd drop it",
        "Ana: let's decide next week",
        "Ana: the board decided to keep it last week",
        'Ana: the doc says "decided: drop it"',
        "Ana: I think it is ugly",
        "ci-bot: decided: the old export is dropped",
    ],
)
def test_what_looks_like_a_commitment_does_not_decide(ending: str) -> None:
    assert _decides((*PROPOSAL, ending)) is None


def test_what_is_taken_back_does_not_hold() -> None:
    said = (*PROPOSAL, "Ana: ok, dropping it then", "Ivo: ok")
    assert _decides(said) == 2
    assert _decides((*said, "Ana: oh wait, forget what I said, Noor needs it")) is None


def test_what_is_settled_after_something_was_taken_back_holds() -> None:
    said = (
        *(*PROPOSAL, "Ana: ok, dropping it then", "Ivo: wait, Noor needs it"),
        *("Ana: oh, scratch that", "Ivo: so keep it for Noor?"),
        *("Ana: yes, let's keep it until June", "Ivo: fine"),
    )
    assert _decides(said) == 6


def test_a_deferral_leaves_a_commitment_open() -> None:
    said = (*PROPOSAL, "Ana: we drop it then", "Ivo: hm, let's decide that on Monday", "Ana: ok")
    assert _decides(said) is None


def test_a_name_in_front_changes_nothing() -> None:
    assert _decides((*PROPOSAL, "Ana: Ivo: ok, dropping it then", "Ivo: ok")) == 2


def test_the_number_of_the_row_is_told() -> None:
    said = [*PROPOSAL, "Ana: ok, dropping it then", "Ivo: ok"]
    rows = [dict(zip(("user", "text"), each.split(": ", 1), strict=True)) for each in said]
    messages = [{"i": 10 + place, **row} for place, row in enumerate(rows)]
    assert judge({"messages": messages}) == {"has_decision": True, "decision_index": 12}
    assert judge({"messages": []}) == {"has_decision": False, "decision_index": None}


def test_a_row_without_messages_is_unfit() -> None:
    with pytest.raises(RowUnfit):
        judge({"text": "let's go with B"})


@given(SAID)
def test_the_deciding_message_is_a_persons_of_the_conversation(said: list[tuple[str, str]]) -> None:
    lines = [Line(place, user, text) for place, (user, text) in enumerate(said)]
    found = deciding_message(lines)
    assert found is None or lines[found].text.strip()
    robots = [Line(line.number, "ci-bot", line.text) for line in lines]
    assert deciding_message(robots) is None


@given(st.lists(st.text(max_size=60), max_size=8), st.text(min_size=1, max_size=5))
def test_whatever_is_said_is_read(texts: list[str], user: str) -> None:
    people = (user, "Ana")
    lines = [Line(place, people[place % 2], text) for place, text in enumerate(texts)]
    assert deciding_message(lines) in {None, *range(len(lines))}


@given(st.lists(st.sampled_from(ACCEPTING), max_size=12))
def test_nobody_decides_by_accepting_alone(texts: list[str]) -> None:
    assert deciding_message([Line(place, "Ana", text) for place, text in enumerate(texts)]) is None


@given(st.sampled_from(ACCEPTING))
def test_a_short_yes_to_a_proposal_decides_only_where_somebody_else_put_it_up(text: str) -> None:
    asked = "I propose that we drop the old export in 4.2, any objections?"
    said = (("Ana", asked), ("Ana", text), ("Ana", "I told the customers about the export"))
    assert deciding_message([Line(place, *each) for place, each in enumerate(said)]) is None


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_upper_and_lower_case_decide_alike(change: Callable[[str], str]) -> None:
    said = (*PROPOSAL, "Ana: ok, lets go with dropping it then", "Ivo: ok")
    parts = [each.partition(": ") for each in said]
    assert _decides(f"{who}: {change(text)}" for who, _, text in parts) == 2


def test_what_was_said_before_and_after_in_other_conversations_does_not_count() -> None:
    talk = [f"{('Ana', 'Ivo', 'Mei')[place % 3]}: the tests are slow today" for place in range(200)]
    assert _decides(talk) is None
    said = (*PROPOSAL, "Ana: ok, dropping the export in 4.2 then", "Ivo: ok")
    assert _decides((*talk, *said, *talk)) == 202


def test_it_holds_on_the_conversations_it_was_tuned_on() -> None:
    has_decision = index = Score()
    for name in TUNED_ON:
        for row in map(json.loads, (ROWS / name).read_text("utf-8").splitlines()):
            labels = row.pop("labels")
            found = scored(judge(row), labels)
            has_decision += found["has_decision"]
            index += found["decision_index"]
    assert (has_decision.precision or 0) >= 0.85
    assert (has_decision.f1 or 0) >= 0.8
    assert (index.accuracy or 0) >= 0.75


def test_a_long_conversation_takes_time_in_proportion() -> None:
    rows = map(json.loads, (ROWS / TUNED_ON[0]).read_text().splitlines())
    said = [(each["user"], each["text"]) for row in rows for each in row["messages"]]
    lines = [Line(place, *said[place % len(said)]) for place in range(8_000)]
    begun = process_time()
    deciding_message(lines)
    assert process_time() - begun < 4  # one second where nothing else runs; a minute if quadratic
