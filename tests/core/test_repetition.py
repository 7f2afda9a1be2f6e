"""The same error from the same place: a few lines a minute, then how many were left out."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest

from bot.core import logs
from bot.core.repetition import MOST, Repeated, Repetition

log = logs.get("bot.x")
Written = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    logs.configure("INFO", "json")

    def read() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield read
    logs.configure("WARNING", "console")


def _fails(error: Exception) -> None:
    try:
        raise error
    except type(error):
        log.exception("step failed")


def test_the_same_error_of_the_same_place_is_written_five_times(written: Written) -> None:
    for _ in range(40):
        _fails(ValueError("x"))
    assert [line["event"] for line in written()] == ["step failed"] * MOST


def test_another_error_of_that_place_is_written_and_so_is_the_same_one_elsewhere(
    written: Written,
) -> None:
    for _ in range(40):
        _fails(ValueError("x"))
    _fails(KeyError("x"))
    log.error("step failed", error=ValueError("x"))
    log.error("step failed", error=KeyError("x"))
    assert len(written()) == MOST + 3


def test_what_is_no_warning_is_always_written(written: Written) -> None:
    for _ in range(40):
        log.info("ready")
    assert len(written()) == 40


def test_a_library_that_repeats_itself_is_cut_short_too(written: Written) -> None:
    for number in range(40):
        logging.getLogger("anything.else").warning("again: %s", number)
    assert len(written()) == MOST


class _Told:
    """What was told of what was left out."""

    def __init__(self) -> None:
        self.all: list[Repeated] = []
        self.came = Event()

    def __call__(self, what: Repeated) -> None:
        self.all.append(what)
        self.came.set()


def _record(error: Exception | None = None) -> logging.LogRecord:
    said = {"event": "it failed", "error": error}
    return logging.LogRecord("bot.x", logging.ERROR, "sender.py", 7, said, (), None)


def test_when_the_minute_is_over_one_line_tells_how_many_were_left_out() -> None:
    told = _Told()
    repetition = Repetition(told, seconds=0.05)
    written = [repetition.filter(_record(ValueError())) for _ in range(40)]
    assert told.came.wait(10)
    assert written.count(True) == MOST
    assert [(each.at, each.error, each.left_out) for each in told.all] == [
        ("sender.py:7", "ValueError", 40 - MOST)
    ]
    assert repetition.filter(_record(ValueError())), "the next minute begins anew"


def test_where_nothing_was_left_out_nothing_is_told_and_nothing_is_kept() -> None:
    now, told = [0.0], _Told()
    repetition = Repetition(told, clock=lambda: now[0])
    for minute in range(3):
        now[0] = minute * 61.0
        assert [repetition.filter(_record()) for _ in range(MOST)] == [True] * MOST
    assert len(repetition._known) == 1
    assert not told.all


def test_a_handler_that_another_one_replaced_tells_nothing_more() -> None:
    told = _Told()
    repetition = Repetition(told, seconds=0.05)
    for _ in range(MOST + 1):
        repetition.filter(_record())
    (timer,) = repetition._timers
    repetition.close()
    timer.join(10)
    assert not told.all


def test_the_line_itself_says_how_often_where_and_what(written: Written) -> None:
    for number in range(MOST + 2):
        logs._left_out(Repeated(f"sender.py:{number}", "OperationalError", 0.0, left_out=37))
    lines = written()
    assert len(lines) == MOST + 2, "these are never left out themselves"
    assert (lines[0]["event"], lines[0]["times"], lines[0]["of"], lines[0]["error"]) == (
        "the same was left out",
        37,
        "sender.py:0",
        "OperationalError",
    )


def test_a_record_without_a_trace_that_says_it_has_one_is_written() -> None:
    assert sys.exc_info()[1] is None
    record = logging.LogRecord("any", logging.ERROR, __file__, 7, "x", (), None)
    record.exc_info = True  # type: ignore[assignment]  # as `logging` lets libraries say
    assert Repetition(_Told()).filter(record)
