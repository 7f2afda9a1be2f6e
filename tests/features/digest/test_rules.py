"""Which conversations are worth a line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.message_store import StoredMessage
from bot.features.digest.rules import threads


def _said(ts: int, user: str, thread: int | None = None) -> StoredMessage:
    at = datetime(2026, 10, 6, tzinfo=UTC) + timedelta(minutes=ts)
    root = None if thread is None else str(thread)
    return StoredMessage("C1", str(ts), user, f"message {ts}", root, at)


def test_new_threads_come_by_age_and_ones_own_are_left_out() -> None:
    said = [
        _said(1, "U1"),
        _said(2, "U2", 1),
        _said(3, "ME"),
        _said(4, "U1"),
        _said(5, "U2", 4),
        _said(6, "U3", 4),
    ]
    found = threads.threads_worth_a_line(said, "ME")
    assert [(t.first.ts, t.reply_count) for t in found] == [("1", 1), ("4", 2)]


def test_of_many_threads_the_busiest_and_then_the_newest_are_shown_by_age() -> None:
    said = [_said(number, "U1") for number in range(1, 9)]
    found = threads.threads_worth_a_line([*said, _said(10, "U2", 2)], "ME")
    assert [t.first.ts for t in threads.busiest(found)] == ["2", "5", "6", "7", "8"]


def test_hellos_are_not_worth_a_line_until_somebody_says_more() -> None:
    hello, answer = (replace(_said(1, "U1"), text="Hi <@U2>"), _said(2, "U2", 1))
    assert threads.threads_worth_a_line([hello], "ME") == []
    (thread,) = threads.threads_worth_a_line([hello, answer], "ME")
    assert thread.first == hello


def test_a_new_reply_to_an_old_message_counts_as_one() -> None:
    (thread,) = threads.threads_worth_a_line([_said(5, "U1", 1)], "ME")
    assert thread.reply_count == 1
    assert thread.first.thread_root == "1"
