"""What is an ask, and where it can go from where it stands."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import RowUnfit
from bot.core.events import ChannelKind, MessagePosted, ReactionAdded
from bot.core.working_time import WorkingTime
from bot.features.asks import rules
from bot.features.asks.rules import State


@pytest.mark.parametrize(
    "text",
    [
        "<@U2> can you look at the pool size?",
        "<@U2> please merge it",
        "could you send the file, <@U2>",
        "Does it fit? <@U2>",
        "<@U2> which one: blue (or red)?",
        "<@U2> Let me know by Thursday",
    ],
)
def test_a_question_or_a_request_expects_a_reply(text: str) -> None:
    assert rules.expects_reply(text)


@pytest.mark.parametrize(
    "text",
    [
        "<@U2> thanks, that worked",
        "<@U2> it is done",
        "&gt; can you look?\nIt is done, <@U2>",
        "<@U2> `can you look?`",
        "<@U2> ```\nplease?\n``` is the output",
        "<@U2> see <https://x.example/?a=1>",
        "<@U2> :question:",
        "",
    ],
)
def test_statements_quotes_code_and_links_do_not(text: str) -> None:
    assert not rules.expects_reply(text)


def _message(**values: object) -> MessagePosted:
    given = {
        "team_id": "T1",
        "channel_id": "C1",
        "kind": ChannelKind.PUBLIC,
        "ts": "1791273600.000100",
        "user_id": "U1",
        "text": "<@U2> which one?",
        "mentions": ("U2",),
        **values,
    }
    return MessagePosted(**given)  # type: ignore[arg-type]


def test_it_needs_somebody_else_in_a_channel() -> None:
    assert rules.asks_somebody(_message())
    assert rules.asks_somebody(_message(mentions=("U1", "U2")))
    assert not rules.asks_somebody(_message(mentions=("U1",)))
    assert not rules.asks_somebody(_message(mentions=()))
    assert not rules.asks_somebody(_message(kind=ChannelKind.DIRECT))


@pytest.mark.parametrize(
    ("emoji", "is_done"), [("white_check_mark", True), ("eyes", False), ("x", False)]
)
def test_only_a_check_mark_means_done(emoji: str, is_done: bool) -> None:
    reaction = ReactionAdded(
        team_id="T1", channel_id="C1", ts="1.1", user_id="U2", emoji=emoji, event_ts="1.1"
    )
    assert is_done is rules.means_done(reaction)


def test_the_clock_runs_in_the_answerers_working_days() -> None:
    friday = datetime(2026, 10, 9, 14, 30, tzinfo=UTC)  # 16:30 in Berlin, 23:30 in Tokyo
    berlin, tokyo = (WorkingTime(ZoneInfo(zone)) for zone in ("Europe/Berlin", "Asia/Tokyo"))
    assert datetime(2026, 10, 12, 14, 30, tzinfo=UTC) == rules.due_at(friday, berlin)
    assert datetime(2026, 10, 13, 0, 0, tzinfo=UTC) == rules.due_at(friday, tokyo)


@given(st.lists(st.sampled_from(State), max_size=8))
def test_an_ask_that_is_settled_stays_settled(steps: list[State]) -> None:
    state, settled = State.OPEN, False
    for step in steps:
        if rules.may_become(state, step):
            assert not settled
            state = step
        settled = settled or state not in rules.WAITING


def test_the_table_knows_every_state() -> None:
    assert set(State) == set(rules.TRANSITIONS)
    assert {State.OPEN, State.OVERDUE} == rules.states_before(State.ANSWERED)
    assert {State.OPEN} == rules.states_before(State.OVERDUE)


@pytest.mark.parametrize(
    ("author", "asked", "settles"),
    [
        ("U2", ("U2",), True),
        ("U3", ("U2",), False),
        ("U1", ("U2",), False),
        ("U3", (), True),
        ("U1", (), False),
    ],
)
def test_whoever_is_asked_answers_and_anybody_but_the_asker_where_nobody_is(
    author: str, asked: tuple[str, ...], settles: bool
) -> None:
    assert settles is rules.answers(author, asked=asked, asker_id="U1")


@pytest.mark.parametrize(
    ("text", "expects_reply"),
    [
        ("can somebody look at the signup page?", True),
        ("please merge it before five", True),
        ("I merged it", False),
        ("&gt; can you look?\nI did", False),
    ],
)
def test_a_labelled_message_is_judged_by_the_same_words(text: str, expects_reply: bool) -> None:
    verdict = rules.judge_message({"id": "1", "text": text})
    assert verdict == {"expects_reply": expects_reply, "urgent": False}


def _thread(*said: tuple[str, str], **more: object) -> dict[str, Any]:
    messages = [{"i": i, "user": user, "text": text} for i, (user, text) in enumerate(said)]
    return {"id": "1", "asker": "tom", "messages": messages, **more}


THREAD = (
    ("tom", "does the header fit?"),
    ("tom", "on a phone, I mean"),
    ("mei", "which header?"),
    ("ana", "it does"),
)


@pytest.mark.parametrize(
    ("row", "closes"),
    [
        (_thread(*THREAD), 2),
        (_thread(*THREAD, addressed="ana"), 3),
        (_thread(*THREAD, addressed=["sam", "ana"]), 3),
        (_thread(*THREAD, addressed="sam"), None),
        (_thread(*THREAD, question_index=2, asker="mei"), 3),
        (_thread(*THREAD[:2]), None),
        (_thread(), None),
    ],
)
def test_a_labelled_thread_is_closed_by_whoever_was_asked(
    row: dict[str, Any], closes: int | None
) -> None:
    assert rules.judge_thread(row) == {"answer_index": closes}


def test_a_thread_without_an_asker_is_refused() -> None:
    with pytest.raises(RowUnfit, match="asker"):
        rules.judge_thread({"id": "1", "messages": []})
