"""What a process counts, and how the queues stand."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from bot.core import backlog
from bot.core.bot import Bot
from bot.core.lookout import Lookout
from bot.core.metrics import Counter, Histogram, Metrics
from bot.core.queue import State
from tests.support.queued import add


def test_a_counter_knows_its_words_from_the_start_and_no_other() -> None:
    counter = Counter("x", "About.", "outcome", ("sent", "refused"))
    counter.add("sent")
    counter.add("sent", 2)
    assert counter.counts == {"sent": 3, "refused": 0}
    with pytest.raises(KeyError):
        counter.add("Ana")


def test_threads_that_count_at_once_lose_nothing() -> None:
    counter, histogram = Counter("x", "", "outcome", ("a",)), Histogram("y", "", (1.0,))

    def count() -> None:
        for _ in range(5_000):
            counter.add("a")
            histogram.observe(0.5)

    threads = [Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counter.counts["a"] == 20_000
    assert histogram.buckets == ((20_000, 0), 10_000.0)


def test_a_duration_is_in_the_first_bucket_that_it_does_not_pass() -> None:
    histogram = Histogram("x", "", (0.1, 1.0))
    histogram.observe(0.1, 0.2, 1.0, 7.0)
    assert histogram.buckets[0] == (1, 2, 1)


def test_what_fails_is_timed_too() -> None:
    histogram = Histogram("x", "", (1.0,))
    with pytest.raises(ValueError, match="x"), histogram.timed():
        raise ValueError("x")
    assert histogram.buckets[0] == (1, 0)


def test_every_label_has_few_words_of_ours() -> None:
    metrics = Metrics()
    assert metrics.counters
    assert metrics.histograms
    for each in metrics.counters:
        assert each.label == "outcome"
        assert 2 <= len(each.counts) <= 5
        assert all(word.islower() for word in each.counts)


def _standing(bot: Bot) -> dict[str, Any]:
    return {
        " ".join([each.name, *each.labels.values()]): each.value for each in backlog.gauges(bot)
    }


def test_depth_and_lag_of_a_queue_are_read_where_they_are_kept(bot: Bot) -> None:
    now = bot.machine_clock.now()
    add(bot.database, "C1", not_before=now - timedelta(seconds=90))
    add(bot.database, "C2", not_before=now + timedelta(hours=1))
    add(bot.database, "C3", state=State.DEAD)
    add(bot.database, "C4", state=State.LEASED, lease_until=now)
    add(bot.database, "C5", state=State.DONE)
    found = _standing(bot)
    assert found["baton_queue_rows inbox ready"] == 2
    assert found["baton_queue_rows inbox dead"] == 1
    assert found["baton_queue_rows inbox leased"] == 1
    assert found["baton_queue_rows outbox ready"] == 0
    assert 90 <= found["baton_queue_lag_seconds inbox"] < 150
    assert found["baton_queue_lag_seconds outbox"] == 0
    assert not {name for name in found if "done" in name}


def test_what_waits_for_later_is_not_late(bot: Bot) -> None:
    add(bot.database, not_before=bot.machine_clock.now() + timedelta(hours=1))
    assert _standing(bot)["baton_queue_lag_seconds inbox"] == 0


def test_many_who_ask_at_once_have_it_looked_up_once() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return len(looks)

    lookout = Lookout("x", look, seconds=60.0)
    assert [lookout.look().result(10) for _ in range(20)] == [1] * 20


def test_what_was_seen_long_ago_is_looked_up_again() -> None:
    seen = iter(range(5))
    lookout = Lookout("x", lambda: next(seen), seconds=-1.0)
    assert [lookout.look().result(10) for _ in range(3)] == [0, 1, 2]


def test_whoever_asks_is_told_what_went_wrong() -> None:
    lookout = Lookout("x", lambda: 1 // 0, seconds=60.0)
    with pytest.raises(ZeroDivisionError):
        lookout.look().result(10)
