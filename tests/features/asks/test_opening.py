"""Which messages may open an ask, and which may be about one."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import ChannelKind, MessageNotSent, MessagePosted, MessageSent
from bot.core.message_store import StoredMessage
from bot.features.asks.rules import hearing, opening
from bot.features.asks.rules.chasing import chosen
from bot.features.asks.rules.replies import Role

AT = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUESTION = "<@U2> can you look at the pool size?"
ANSWER = "The pool size is 20, I raised it this morning."


def _posted(**values: object) -> MessagePosted:
    given = {
        "team_id": "T1",
        "channel_id": "C1",
        "kind": ChannelKind.PUBLIC,
        "ts": "1791273600.000100",
        "user_id": "U1",
        "text": QUESTION,
        "mentions": ("U2",),
        **values,
    }
    return MessagePosted(**given)  # type: ignore[arg-type]


def _stored(
    user_id: str, text: str, at: datetime, edited_at: datetime | None = None
) -> StoredMessage:
    return StoredMessage("C1", f"{at.timestamp():.6f}", user_id, text, None, at, edited_at)


def test_a_question_needs_somebody_else() -> None:
    assert opening.may_ask(_posted())
    assert opening.may_ask(_posted(mentions=("U1", "U2")))
    assert opening.may_ask(_posted(mentions=(), groups=("S1",)))
    assert not opening.may_ask(_posted(mentions=("U1",)))
    assert not opening.may_ask(_posted(mentions=()))


def test_a_reply_that_names_nobody_may_ask_who_began_the_thread() -> None:
    assert opening.may_ask(_posted(mentions=(), thread_ts="1791273500.000100"))
    assert not opening.may_ask(_posted(mentions=(), thread_ts="1791273600.000100"))


def test_what_is_written_to_baton_opens_nothing_by_itself() -> None:
    assert not opening.may_ask(_posted(kind=ChannelKind.DIRECT))


@pytest.mark.parametrize(
    ("later", "is_new_question"),
    [(timedelta(minutes=1), False), (timedelta(hours=1), False), (timedelta(hours=2), True)],
)
def test_a_late_edit_asks_anew_and_a_slip_of_the_pen_does_not(
    later: timedelta, is_new_question: bool
) -> None:
    message = _stored("U1", QUESTION, AT, AT + later)
    assert opening.asked_at(message) == (AT + later if is_new_question else AT)


def test_an_author_is_asked_what_they_meant_only_while_they_may_be_there() -> None:
    message = _stored("U1", QUESTION, AT)
    assert opening.is_fresh(message, AT + opening.FRESH)
    assert not opening.is_fresh(message, AT + opening.FRESH + MINUTE)


def test_a_message_is_a_reply_or_stands_beside_the_threads_or_was_written_to_baton() -> None:
    root, reply = _posted(), _posted(thread_ts="1791273500.000100")
    direct, under = (_posted(kind=ChannelKind.DIRECT, thread_ts=ts) for ts in (None, "1.1"))
    heard_as = (hearing.is_reply, hearing.is_beside, hearing.is_direct_reply)
    assert [wants(root) for wants in heard_as] == [False, True, False]
    assert [wants(reply) for wants in heard_as] == [True, False, False]
    assert [wants(under) for wants in heard_as] == [False, False, True]
    assert [wants(direct) for wants in heard_as] == [False, False, False]


def test_whoever_broadcasts_or_pings_chases_and_whoever_talks_to_nobody_does_not() -> None:
    assert hearing.may_chase(_posted(text="<@U2> any update?"))
    assert hearing.may_chase(_posted(text="<!here> any update?", mentions=()))
    assert not hearing.may_chase(_posted(text="any update?", mentions=()))
    assert not hearing.may_chase(_posted(text="<@U2> any update?", kind=ChannelKind.DIRECT))


@pytest.mark.parametrize(("key", "is_ours"), [("asks:1:card", True), ("digest:U1", False)])
def test_only_messages_of_asks_are_placed(key: str, is_ours: bool) -> None:
    assert (
        hearing.is_of_asks(MessageSent(team_id="T1", key=key, channel_id="C1", ts="1.1")) is is_ours
    )
    assert hearing.is_of_asks(MessageNotSent(team_id="T1", key=key)) is is_ours


@pytest.mark.parametrize(
    ("user_id", "role"), [("U1", Role.ASKER), ("U2", Role.ANSWERER), ("U3", Role.OTHER)]
)
def test_who_somebody_is_for_a_question(user_id: str, role: Role) -> None:
    assert hearing.role_of(user_id, asker_id="U1", answerer_id="U2") is role


def _answers(text: str, *before: tuple[str, int], after: int = 5) -> bool:
    message = _stored("U2", text, AT + after * MINUTE)
    return hearing.answers_in_channel(
        message,
        QUESTION,
        asker_id="U1",
        last_at=max((AT + minutes * MINUTE for _, minutes in before), default=None),
        is_next=all(user_id == "U1" for user_id, _ in before),
    )


def test_what_the_answerer_says_next_in_the_channel_answers() -> None:
    assert _answers(ANSWER)
    assert _answers(ANSWER, ("U1", 2))


def test_what_is_said_to_somebody_else_does_not() -> None:
    assert not _answers(f"<@U3> {ANSWER}")


def test_after_others_spoke_only_what_names_the_asker_answers() -> None:
    assert not _answers(ANSWER, ("U3", 2))
    assert _answers(f"<@U1> {ANSWER}", ("U3", 2))


@pytest.mark.parametrize(
    ("text", "is_its_own"),
    [
        ("<@U2> can you book the room by Friday noon?", True),
        ("<@U2> by Friday noon please", False),
        ("by Friday noon", False),
    ],
)
def test_a_message_that_says_nothing_but_a_time_completes_what_was_asked_before(
    text: str, is_its_own: bool
) -> None:
    assert opening.has_own_time(text, "by Friday noon") is is_its_own


@pytest.mark.parametrize(
    ("chaser", "number"),
    [
        ("<@U2> any update?", 0),
        ("<@U2> any news on the pool size?", 1),
        ("any update on that one?", 0),
        ("<@U2> did you see the logo?", 0),
    ],
)
def test_a_chaser_is_about_the_question_whose_words_it_shares_or_the_first(
    chaser: str, number: int
) -> None:
    assert chosen(chaser, ["can you check the logo?", "is the pool size 20 on that DB?"]) == number
