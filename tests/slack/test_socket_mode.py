"""Socket Mode: events survive cuts, silence and lost acknowledgements; it ends when it should."""

from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import func, select

from bot.core.clock import monotonic
from bot.core.inbox import InboxRow
from bot.slack.socket_mode import LINK_DISABLED, wait_after
from tests.support.town import Town, town

BACK_WITHIN = 10.0  # seconds


@pytest.fixture
def lone(sqlite_url: str) -> Iterator[Town]:
    """A town on SQLite alone: these tests are about sockets."""
    with town(sqlite_url) as living:
        living.settle()
        yield living


def _stored(town: Town) -> int:
    with town.app.bot.database.reading() as session:
        return session.scalar(select(func.count()).select_from(InboxRow)) or 0


@pytest.mark.parametrize("how", ["abort", "close", "warning", "refresh_requested", "silence"])
def test_f17_a_broken_socket_is_back_within_ten_seconds_and_nothing_is_lost(
    how: str, lone: Town
) -> None:
    before, opened = _stored(lone), _calls(lone)
    lone.slack.cut(how)
    began = monotonic()
    for number in range(20):
        lone.tom.says("#web-relaunch", f"message {number}")
    while _calls(lone) < opened + 2:
        assert monotonic() - began < BACK_WITHIN
        Event().wait(0.01)
    lone.slack.settled()
    assert before + 20 == _stored(lone)


def test_f17_a_socket_that_is_cut_again_and_again_loses_nothing(lone: Town) -> None:
    before = _stored(lone)
    for number in range(60):
        lone.tom.says("#web-relaunch", f"message {number}")
        if number % 6 == 0:
            lone.slack.cut("abort")
    lone.slack.settled()
    assert before + 60 == _stored(lone)


def test_f18_an_event_whose_acknowledgement_was_lost_is_stored_once(lone: Town) -> None:
    lone.slack.faults(drop_acks=3)
    before = _stored(lone)
    for number in range(3):
        lone.tom.says("#web-relaunch", f"message {number}")
    lone.slack.settled()
    assert before + 3 == _stored(lone)


def test_a_disabled_link_ends_the_bot_with_a_sentence_instead_of_a_loop(lone: Town) -> None:
    lone.slack.cut("link_disabled")
    lone.ends()
    assert lone.failure == LINK_DISABLED


def test_too_many_sockets_wait_instead_of_hammering(lone: Town) -> None:
    opened = _calls(lone)
    lone.slack.cut("too_many_websockets")
    lone.tom.says("#web-relaunch", "message")
    assert opened == _calls(lone)


def test_a_stop_with_silent_sockets_takes_no_longer_than_allowed(lone: Town) -> None:
    lone.slack.cut("silence")
    began = monotonic()
    lone.stop()
    assert monotonic() - began < lone.app.settings.baton_stop_seconds / 2
    assert lone.failure is None


def _calls(town: Town) -> int:
    return sum(call["what"] == "apps.connections.open" for call in town.slack.traffic())


def test_the_next_try_waits_twice_as_long_up_to_half_a_minute_however_long_slack_is_away() -> None:
    waits = [wait_after(failures) for failures in (1, 2, 3, 8, 9, 10, 2_000, 10**6)]
    assert waits == [0.1, 0.2, 0.4, 12.8, 25.6, 30.0, 30.0, 30.0]
