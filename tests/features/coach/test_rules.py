"""Which messages are a naked hello."""

import pytest

from bot.core.errors import RowUnfit
from bot.core.events import ChannelKind, MessagePosted, instant_of
from bot.features.coach import rules

TS = "1791273600.000100"


def _message(text: str, **values: object) -> MessagePosted:
    given = {
        "team_id": "T1",
        "channel_id": "C1",
        "kind": ChannelKind.PUBLIC,
        "ts": TS,
        "user_id": "U1",
        "text": text,
        "mentions": ("U2",),
        **values,
    }
    return MessagePosted(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "hi <@U2>",
        "Hi <@U2|ana>!",
        "<@U2> hello",
        "hey <@U2> :wave:",
        "Hello there <@U2>",
        "hi <@U2>, how are you?",
        "hi <@U2> how are you doing today",
    ],
)
def test_a_greeting_and_nothing_else_is_a_naked_hello(text: str) -> None:
    assert rules.is_naked_hello(_message(text))


@pytest.mark.parametrize(
    "text",
    [
        "hi <@U2>, does the header fit?",
        "good morning <@U2>",
        "<@U2> thanks!",
        "<@U2>",
        "hi <@U2> see <https://x.example>: it is down",
        "&gt; hi <@U2>",
        "`hi <@U2>`",
        "there <@U2>",
        "how are you <@U2>",
        "",
    ],
)
def test_anything_more_is_none(text: str) -> None:
    assert not rules.is_naked_hello(_message(text))


@pytest.mark.parametrize(
    "values",
    [
        {"mentions": ()},
        {"kind": ChannelKind.DIRECT},
        {"thread_ts": "1791273500.000100"},
    ],
)
def test_it_needs_somebody_in_a_channel_and_a_fresh_start(values: dict[str, object]) -> None:
    assert not rules.is_naked_hello(_message("hi <@U2>", **values))


def test_a_hint_helps_for_five_minutes() -> None:
    message = _message("hi <@U2>")
    written = instant_of(TS)
    assert rules.is_fresh(message, written + rules.FRESH)
    assert not rules.is_fresh(message, written + rules.FRESH * 1.01)
    assert written + rules.FRESH == rules.hint_ends(message)


@pytest.mark.parametrize(
    ("text", "needs_coaching"),
    [
        ("hello", True),
        ("Hi there :wave:", True),
        ("hi <@U2>", True),
        ("hi, the export stops at row 4,000: is that the limit?", False),
        ("good morning everybody", False),
        ("the export is fixed", False),
        ("", False),
    ],
)
def test_a_labelled_row_is_judged_by_the_same_words(text: str, needs_coaching: bool) -> None:
    missing = ["context", "question"] if needs_coaching else []
    assert rules.judge({"id": "1", "text": text}) == {
        "needs_coaching": needs_coaching,
        "missing": missing,
    }


def test_a_row_without_a_text_is_refused() -> None:
    with pytest.raises(RowUnfit, match="text"):
        rules.judge({"id": "1"})
