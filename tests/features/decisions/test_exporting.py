"""The registry as files: what is read back is what was written, and no cell is a formula."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.exchanges import File
from bot.features.decisions.rules import exporting
from bot.features.decisions.rules.documents import Record, Somebody, Version, snapshot
from bot.features.decisions.rules.exporting import Read
from bot.features.decisions.rules.registry import Change, Status

AT = datetime(2026, 10, 6, 8, 0, 1, 250_000, tzinfo=UTC)
FIRST = Record(
    1, 2, Status.ACCEPTED, "Postgres", "Postgres", AT, AT, channel_id="C1", root_ts="1.1"
)
WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["=1+1", "+", "-", "@SUM(A1)", "\t", "\r\n", "'", "''=", '"', ",", "é", "\n"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    max_size=4,
).map("".join)


@st.composite
def _records(draw: st.DrawFn) -> Record:
    record = replace(
        FIRST,
        title=draw(WORDS),
        text=draw(WORDS),
        alternatives=draw(WORDS),
        objections=draw(WORDS),
        owner=Somebody("U1", draw(WORDS)),
        tags=draw(st.sampled_from([(), ("infra",), ("infra", "no")])),
        review_on=draw(st.none() | st.dates()),
        is_reversible=draw(st.none() | st.booleans()),
    )
    return replace(record, first_title=record.title)


def _only(files: Iterable[File]) -> File:
    (file,) = files
    return file


@settings(max_examples=100, deadline=None)
@given(st.lists(_records(), max_size=3))
def test_a_table_is_read_back_as_it_was_written(records: list[Record]) -> None:
    read = list(exporting.read_csv(_only(exporting.as_csv(records))))
    assert [each.record for each in read] == records


@settings(max_examples=100, deadline=None)
@given(_records())
def test_no_cell_of_a_table_is_a_formula(record: Record) -> None:
    text = _only(exporting.as_csv([record])).text
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@settings(max_examples=50, deadline=None)
@given(_records())
def test_json_holds_the_history_too(record: Record) -> None:
    older = Version(1, AT, Somebody("U2"), Change.LOGGED, "why", snapshot(FIRST))
    newer = Version(2, AT, Somebody(), Change.AMENDED, "", snapshot(record))
    whole = replace(record, versions=(older, newer), supersedes=("0003-old.md",))
    read = list(exporting.read_json(_only(exporting.as_json([whole]))))
    assert [each.record for each in read] == [whole]


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (exporting.read_json, "{", "It is no list in JSON."),
        (exporting.read_json, "{}", "It is no list in JSON."),
        (exporting.read_json, "[1]", "entry 1"),
        (exporting.read_json, '[{"number": 1}]', "Field required."),
        (exporting.read_csv, "", "It lacks the column number."),
        (exporting.read_csv, "number,title\n1,x\n", "It lacks the column status."),
        (exporting.read_csv, 'number\n"1', "It lacks the column"),
        (exporting.read_madr, "# D-1: no front matter", "front matter"),
    ],
)
def test_what_cannot_be_read_is_named(
    read: Callable[[File], Iterable[Read]], text: str, sentence: str
) -> None:
    (told,) = read(File("decisions", text))
    assert told.record is None
    assert sentence in f"{told.where}: {told.problem}"


def test_a_row_that_cannot_be_read_does_not_hide_the_next() -> None:
    head, row = _only(exporting.as_csv([FIRST])).text.splitlines()
    file = File("d.csv", "\n".join([head, row.replace("accepted", "maybe"), "1,2", row]))
    bad, short, good = exporting.read_csv(file)
    assert "row 2" in bad.where
    assert "maybe" in bad.problem
    assert "It has 2 cells" in short.problem
    assert good.record == FIRST


def test_the_decisions_of_a_folder_have_to_fit_together() -> None:
    third = replace(FIRST, number=3, status=Status.SUPERSEDED, superseded_by="0004-x.md")
    fourth = replace(third, number=4, superseded_by="0003-x.md")
    wrong = [
        replace(FIRST, number=2, title=" "),
        replace(FIRST, number=5, channel_id=""),
        replace(FIRST, number=6, superseded_by="0001-x.md"),
        replace(FIRST, number=7, decided_at=AT.replace(tzinfo=None)),
    ]
    read = [Read(each.name, each) for each in (FIRST, FIRST, third, fourth, *wrong)]
    assert exporting.problems_of(read) == [
        "D-1: D-1 is there twice.",
        "D-2: It has no title.",
        "D-5: It does not say in which channel it was made.",
        "D-6: Only a superseded decision says which one superseded it.",
        "D-7: Its times have no zone.",
        "D-3 superseded itself, by way of others.",
        "D-4 superseded itself, by way of others.",
    ]


def test_a_long_chain_is_no_loop() -> None:
    chain = [
        replace(FIRST, number=n, status=Status.SUPERSEDED, superseded_by=f"{n + 1:04}-x.md")
        for n in range(1, 50)
    ]
    read = [Read(each.name, each) for each in (*chain, replace(FIRST, number=50))]
    assert exporting.problems_of(read) == []
