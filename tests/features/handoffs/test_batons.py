"""The states of a baton, who may move it, and what tells two items apart."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.handoffs.rules import batons
from bot.features.handoffs.rules.batons import TRANSITIONS, Role, Verdict
from bot.features.handoffs.rules.items import OPEN, Item, State, StepKind

INFRA = "C0INFRA00"
PEOPLE = ("U1", "U2", "U3", "U4")
BATON = UUID("01920000-0000-7000-8000-000000000000")
CLOSED = frozenset(State) - OPEN

_acts = st.tuples(st.sampled_from(StepKind), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))


@given(st.lists(_acts, max_size=40))
def test_whatever_people_try_a_baton_is_with_one_of_them_until_it_is_over(
    acts: list[tuple[StepKind, str, str]],
) -> None:
    """Played by the table alone: who tries what, and whom it would go to."""
    state, holder, sender, chain = State.OFFERED, "U2", "U1", PEOPLE[:3]
    for kind, who, whom in acts:
        roles = batons.roles_of(who, holder_id=holder, sender_id=sender, chain=chain)
        verdict = batons.judge(kind, state, roles)
        if state in CLOSED:
            assert verdict is Verdict.IS_OVER
        if who not in {holder, sender, *chain}:
            assert verdict is not Verdict.YES, "somebody else's"
        if verdict is not Verdict.YES:
            continue
        before, state = state, TRANSITIONS[kind].after
        assert batons.may_become(before, state)
        if kind is StepKind.TAKEN:
            assert who == holder or before is State.OFFERED, "nobody takes it out of a hand"
            holder = who
        elif state is State.OFFERED:
            assert who == holder, "only whoever has it gives it away"
            holder = whom


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_state_follows_only_where_the_table_says_so(state: State, following: State) -> None:
    leads = {each.after for each in TRANSITIONS.values() if state in each.before}
    assert batons.may_become(state, following) == (following in leads)
    assert not (state in CLOSED and leads), "what is over stays over"


def test_everything_that_happens_has_its_line_and_every_open_state_a_way_out() -> None:
    assert set(TRANSITIONS) == set(StepKind)
    for state in OPEN:
        roles = {Role.HOLDER, Role.SENDER}
        allowed = {kind for kind in StepKind if batons.judge(kind, state, roles) is Verdict.YES}
        assert any(TRANSITIONS[kind].after in CLOSED for kind in allowed), state


@pytest.mark.parametrize(
    ("kind", "state", "role", "verdict"),
    [
        (StepKind.TAKEN, State.OFFERED, Role.CHAIN, Verdict.YES),
        (StepKind.TAKEN, State.RETURNED, Role.CHAIN, Verdict.NOT_THEIRS),
        (StepKind.TAKEN, State.RETURNED, Role.HOLDER, Verdict.YES),
        (StepKind.TAKEN, State.TAKEN, Role.HOLDER, Verdict.NOT_NOW),
        (StepKind.TAKEN, State.OFFERED, Role.NOBODY, Verdict.NOT_THEIRS),
        (StepKind.DONE, State.RETURNED, Role.HOLDER, Verdict.NOT_NOW),
        (StepKind.DONE, State.TAKEN, Role.SENDER, Verdict.NOT_THEIRS),
        (StepKind.WITHDRAWN, State.TAKEN, Role.SENDER, Verdict.YES),
        (StepKind.MOVED, State.OFFERED, Role.HOLDER, Verdict.NOT_THEIRS),
        (StepKind.HANDED_OVER, State.DONE, Role.HOLDER, Verdict.IS_OVER),
    ],
)
def test_who_may_do_what(kind: StepKind, state: State, role: Role, verdict: Verdict) -> None:
    assert batons.judge(kind, state, {role}) is verdict


@given(st.text(min_size=1), st.sampled_from(["", " ", "\n", "\u200b"]))
def test_case_blanks_and_what_cannot_be_seen_do_not_make_another_item(
    words: str, between: str
) -> None:
    same = Item(f"{between} {words}{between}  ")
    assert batons.key_of(same, INFRA) == batons.key_of(Item(words), INFRA)
    assert len(batons.key_of(same, INFRA)) <= batons.KEY_LENGTH


@given(st.text(min_size=1), st.text(max_size=400))
def test_what_an_item_is_about_is_its_key_whatever_its_words(words: str, source: str) -> None:
    key = batons.key_of(Item(words, source=source), INFRA)
    assert len(batons.within(key, INFRA)) <= 200, "its column"
    if source:
        assert key == batons.key_of(Item("Other words", source=source), "C0OTHER00")
        assert batons.key_of(Item(words, source=key), "C0OTHER00") == key, "a key is a source"


def test_the_same_words_elsewhere_are_another_item() -> None:
    item = Item("Fix the build")
    assert batons.key_of(item, INFRA) != batons.key_of(item, "C0OTHER00")
    assert batons.key_of(item, INFRA) != batons.key_of(Item("Fix the builds"), INFRA)


def test_only_a_message_of_the_channel_gives_the_card_its_thread() -> None:
    about = Item("It", source=f"message:{INFRA}|1791273601.000100")
    assert batons.message_of(about, INFRA) == "1791273601.000100"
    assert batons.message_of(about, "C0OTHER00") == ""
    assert batons.message_of(Item("It", source="ask:17"), INFRA) == ""
    assert batons.message_of(Item("It"), "") == ""


def test_a_card_is_known_by_its_key() -> None:
    assert batons.baton_of(batons.card_key(BATON)) == BATON
    for key in (batons.told_key(BATON, 3), "handoffs:x:card", f"decisions:{BATON}:card", ""):
        assert batons.baton_of(key) is None, key
