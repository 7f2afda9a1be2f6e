"""Reading rows of labelled chat, whatever is in the file, and what a judge gets to see."""

import json
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import evals
from bot.core.errors import RowUnfit
from bot.core.evals import MessageRow, QuestionRow, Row, Said, Verdict

QUESTION = {
    "asker": "ana",
    "messages": [
        {"user": "tom", "text": "good morning"},
        {"user": "ana", "text": "does it fit?"},
        {"user": "tom", "text": "it does"},
    ],
}


def _echo(row: Row) -> Verdict:
    return {"seen": sorted(row)}


def _line(**row: Any) -> bytes:
    return json.dumps(row).encode()


def test_lines_keep_their_numbers_and_blank_ones_say_nothing() -> None:
    file = BytesIO(b"\xef\xbb\xbf{}\r\n\r\n  \n{}\n\n{}")
    assert [number for number, _ in evals.lines(file)] == [1, 4, 6]


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line)))
def test_no_line_is_lost_or_changed(written: list[bytes]) -> None:
    read = dict(evals.lines(BytesIO(b"\n".join(written))))
    for number, line in enumerate(written, start=1):
        assert read.get(number, b"").rstrip(b"\n") == (line if line.strip() else b"")


def test_a_line_that_is_too_long_is_skipped_and_the_next_one_is_read() -> None:
    endless = b'{"id": "' + b"x" * (3 * evals.LONGEST_LINE)
    (_, first), (number, second) = evals.lines(BytesIO(endless + b"\n" + _line(id="b")))
    assert (number, evals.judged(second, _echo).id) == (2, "b")
    with pytest.raises(RowUnfit, match="longer than 10,000,000 bytes"):
        evals.judged(first, _echo)


def test_a_judge_does_not_see_the_labels() -> None:
    judged = evals.judged(_line(id="a", text="x", labels={"urgent": True}), _echo)
    assert judged.verdict == {"seen": ["id", "text"]}
    assert judged.labels == {"urgent": True}


def test_save_for_the_one_that_names_the_question() -> None:
    def number(row: Row) -> Verdict:
        return {"x": QuestionRow.read(row).question_index}

    labels = {"question_index": 2, "answer_index": 3}
    assert evals.judged(_line(id=1, **QUESTION, labels=labels), number).verdict == {"x": 2}
    assert evals.judged(_line(id=1, **QUESTION), number).verdict == {"x": None}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"hello", "it is not JSON"),
        (b'{"id": 1', "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b'{"id": ' + b"1" * 5_000 + b"}", "it is not JSON"),
        (b'{"id": "\xff"}', "it is not UTF-8"),
        ('{"id": "a"}'.encode("utf-16"), "it is not UTF-8"),
        (b'["a"]', "it is not a JSON object"),
        (b"null", "it is not a JSON object"),
        (b"{}", 'it has no "id"'),
        (b'{"id": null}', 'it has no "id"'),
        (b'{"id": ""}', 'it has no "id"'),
        (b'{"id": true}', 'its "id" must be a text or a whole number'),
        (b'{"id": ["a"]}', 'its "id" must be a text or a whole number'),
        (b'{"id": "a", "labels": []}', 'its "labels" must be an object'),
    ],
)
def test_a_line_that_is_no_row_is_told_what_it_is(line: bytes, said: str) -> None:
    with pytest.raises(RowUnfit) as told:
        evals.judged(line, _echo)
    assert told.value.detail == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, 'it has no "text"'),
        ({"text": None}, 'it has no "text"'),
        ({"text": 5}, 'its "text" is of a wrong type: input should be a valid string'),
        ({"text": "x", "prev": "y"}, 'its "prev" is of a wrong type'),
        ({"text": "x", "prev": [{"text": "y"}, {}]}, 'it has no "prev.1.text"'),
        ({"text": "x", "first_in_conv": 1}, 'its "first_in_conv" is of a wrong type'),
    ],
)
def test_a_row_of_a_wrong_shape_is_told_where(row: Row, said: str) -> None:
    with pytest.raises(RowUnfit) as told:
        MessageRow.read(row)
    assert told.value.detail.startswith(said)


def test_null_is_as_good_as_absent_and_what_is_unknown_is_left_alone() -> None:
    row = {"text": "x", "user": None, "prev": None, "more": {"deep": [1]}}
    assert MessageRow.read(row) == MessageRow(text="x")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(line: bytes) -> None:
    with suppress(RowUnfit):
        assert json.loads(evals.judged(line, _echo).line)


@given(st.text(min_size=1) | st.integers())
def test_a_verdict_is_one_line_of_ascii_with_the_id_as_it_was(ident: str | int) -> None:
    line = evals.judged(_line(id=ident), lambda _row: {"kind": "a\nb\u2028"}).line
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"id": ident, "kind": "a\nb\u2028"}


def test_a_judge_that_fails_costs_one_row() -> None:
    def broken(row: Row) -> Verdict:
        return {"x": row["nothing"]}

    with pytest.raises(RowUnfit, match=r"the judge failed on it \(KeyError\)"):
        evals.judged(_line(id=1), broken)


@pytest.mark.parametrize(
    ("more", "after"),
    [
        ({}, [2]),
        ({"question_index": 0}, [1, 2]),
        ({"question_index": 2}, []),
        ({"question_index": 9}, []),
        ({"asker": "mei"}, []),
    ],
)
def test_the_question_is_the_one_named_or_the_askers_first_message(
    more: Row, after: list[int]
) -> None:
    thread = QuestionRow.read({**QUESTION, **more})
    assert [number for number, _ in thread.after_question()] == after


def test_messages_bear_their_own_numbers_where_they_have_them() -> None:
    messages = [{"user": "ana", "text": "?", "i": 7}, {"user": "tom", "text": "!", "i": 9}]
    thread = QuestionRow.read({"asker": "ana", "messages": messages})
    assert list(thread.after_question()) == [(9, Said(text="!", user="tom", i=9))]


@pytest.mark.parametrize(
    ("addressed", "asked"),
    [(None, set()), ("tom", {"tom"}), (["tom", "mei"], {"tom", "mei"}), ([], set())],
)
def test_a_question_is_put_to_one_to_several_or_to_whoever_reads_it(
    addressed: Any, asked: set[str]
) -> None:
    assert QuestionRow.read({**QUESTION, "addressed": addressed}).asked == asked


@pytest.mark.parametrize(
    ("ts", "seconds"),
    [
        ("1970-01-01T00:01:00", 60.0),
        ("1970-01-01T01:01:00+01:00", 60.0),
        ("60.000100", 60.0001),
        (60, 60.0),
        ("soon", None),
        (["60"], None),
        (None, None),
    ],
)
def test_when_a_message_was_written_is_told_in_seconds(ts: Any, seconds: float | None) -> None:
    assert Said(text="!", ts=ts).seconds == seconds
