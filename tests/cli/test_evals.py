"""`baton eval`: what it prints for which rows, and how it ends when rows are bad."""

import json
import os
import pty
import re
import select
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import features
from bot.cli import files
from bot.cli.evals import NEVER_OPENED
from bot.core.bot import Bot
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.errors import FileUnwritable, RowUnfit
from bot.core.evals import Judge
from tests.support.shell import ROOT, Shell

pytestmark = pytest.mark.needs("asks")

ROWS = ROOT / "tests/eval"


def _row(ident: object, text: object = "does it fit?", **more: object) -> str:
    return json.dumps({"id": ident, "text": text, **more})


def _verdicts(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def _ids(text: str) -> list[Any]:
    return [verdict["id"] for verdict in _verdicts(text)]


def test_each_row_gets_a_verdict_in_order_and_labels_a_score(baton: Shell) -> None:
    scores = baton.folder / "scores.json"
    rows = [
        _row("q", labels={"expects_reply": True, "urgent": False, "kind": "clear_ask"}),
        _row("s", "it fits", labels={"expects_reply": True}),
        _row("none", "it fits", topic=None),
    ]
    told = baton("eval", "asks", "--in", "-", "--json-scores", str(scores), stdin="\n".join(rows))
    assert told.returncode == 0
    assert _verdicts(told.stdout) == [
        {"id": "q", "expects_reply": True, "urgent": False},
        {"id": "s", "expects_reply": False, "urgent": False},
        {"id": "none", "expects_reply": False, "urgent": False},
    ]
    assert told.stderr.splitlines()[0] == "asks: 3 rows, 0 of them bad"
    assert told.stderr.splitlines()[2].split()[:6] == [
        *("expects_reply", "2", "1.000", "0.500", "0.667", "0.500")
    ]
    told_to_machines = json.loads(scores.read_text())
    assert told_to_machines["rows"] == 3
    assert told_to_machines["scores"]["expects_reply"]["recall"] == 0.5
    assert told_to_machines["scores"]["urgent"]["precision"] is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "file"),
    [
        pytest.param("coach", "coach", marks=pytest.mark.needs("coach")),
        ("asks", "coach"),
        ("answers", "answers"),
        pytest.param("decisions", "decisions", marks=pytest.mark.needs("decisions")),
    ],
)
def test_real_rows_are_all_judged(what: str, file: str, baton: Shell) -> None:
    written = (ROWS / f"{file}.jsonl").read_text()
    told = baton("eval", what, "--in", str(ROWS / f"{file}.jsonl"))
    assert (told.returncode, _ids(told.stdout)) == (0, _ids(written)), told.stderr


@pytest.mark.slow
def test_a_bad_row_is_one_sentence_with_its_line_and_the_others_are_judged(baton: Shell) -> None:
    hostile = [
        b"\xef\xbb\xbf" + _row("bom", labels={"expects_reply": True}).encode() + b"\r",
        b"",
        b"not json",
        b'{"id": "\xff", "text": "x"}',
        b"[]",
        _row(None).encode(),
        _row("typed", 5).encode(),
        b'{"id": "textless"}',
        b"[" * 50_000,
        _row("label", labels={"expects_reply": "yes"}).encode(),
        _row("bom", "again").encode(),
        _row("long", "<" * 2_000_000).encode(),
        _row("\ud800\x00", "\ud800 why?\u2028").encode(),
    ]
    (baton.folder / "rows.jsonl").write_bytes(b"\n".join(hostile))
    told = baton("eval", "asks", "--in", "rows.jsonl", "--out", "verdicts.jsonl")
    assert (told.returncode, told.stdout) == (1, "")
    judged = ["bom", "label", "bom", "long", "\ud800\x00"]
    assert _ids((baton.folder / "verdicts.jsonl").read_text()) == judged
    assert told.stderr.splitlines()[:10] == [
        "line 3: it is not JSON.",
        "line 4: it is not UTF-8.",
        "line 5: it is not a JSON object.",
        'line 6: it has no "id".',
        'line 7: its "text" is of a wrong type: input should be a valid string.',
        'line 8: it has no "text".',
        "line 9: it is not JSON.",
        'line 10: its label "expects_reply" is of a wrong type.',
        'line 11: the id "bom" is on a line before, too.',
        "asks: 12 rows, 8 of them bad, 1 repeated ids",
    ]


def test_without_labels_there_are_no_scores(baton: Shell) -> None:
    told = baton("eval", "asks", "--in", "-", stdin=_row(1) + "\n")
    assert (told.returncode, _ids(told.stdout)) == (0, [1])
    assert told.stderr.splitlines()[-1].startswith("No row has labels")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "--in", "-"], "No feature has a judge of this name. (nothing) There are: "),
        (["asks", "--in", "missing.jsonl"], "(missing.jsonl: No such file or directory)"),
        (["asks", "--in", "."], "(.: Is a directory)"),
        (["asks", "--in", "-"], "The file has no rows"),
        (["asks", "--in", "-", "--out", "no/such/folder"], "cannot be written"),
    ],
)
def test_what_cannot_be_judged_at_all_is_one_sentence_and_exit_two(
    arguments: list[str], said: str, baton: Shell
) -> None:
    (baton.folder / "before").write_text("kept")
    told = baton("eval", *arguments, *([] if "--out" in arguments else ["--out", "before"]))
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1), told.stderr
    assert said in told.stderr
    assert (baton.folder / "before").read_text() == "kept"
    assert [path.name for path in baton.folder.iterdir()] == ["before"]


def test_it_needs_no_settings_not_even_right_ones(baton: Shell) -> None:
    wrong = {"PORT": "x", "DATABASE_URL": "mysql://x", "SLACK_BOT_TOKEN": "canary"}
    told = baton("eval", "asks", "--in", "-", stdin=_row("a"), **wrong)
    assert (told.returncode, _ids(told.stdout)) == (0, ["a"])


def test_verdicts_may_take_the_place_of_the_rows(baton: Shell) -> None:
    rows = baton.folder / "rows.jsonl"
    rows.write_text(_row("a"))
    assert baton("eval", "asks", "--in", "rows.jsonl", "--out", "rows.jsonl").returncode == 0
    assert _ids(rows.read_text()) == ["a"]


@pytest.mark.slow
def test_nobody_reading_the_verdicts_is_no_failure_to_tell_of(baton: Shell) -> None:
    rows = "\n".join(_row(number) for number in range(20_000))
    (baton.folder / "rows.jsonl").write_text(rows)
    process = subprocess.Popen(
        baton.command("eval", "asks", "--in", "rows.jsonl"),
        cwd=baton.folder,
        env=baton.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(20) == 1


@pytest.mark.slow
def test_a_large_file_needs_no_more_memory_than_a_small_one(baton: Shell) -> None:
    used = []
    for number_of_rows in (10, 110):
        text = "word " * 40_000  # 200 kB a row: 2 MB, and 22 MB
        with (baton.folder / "rows.jsonl").open("w") as file:
            file.writelines(_row(number, text) + "\n" for number in range(number_of_rows))
        process = subprocess.Popen(
            baton.command("eval", "asks", "--in", "rows.jsonl", "--out", "verdicts.jsonl"),
            cwd=baton.folder,
            env=baton.environment,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        used.append(usage.ru_maxrss)
    assert used[1] - used[0] < 10_000, "kB"


@pytest.mark.slow
def test_a_terminal_sees_how_far_it_is_and_nothing_of_that_stays(baton: Shell) -> None:
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        baton.command("eval", "asks", "--in", "-", "--out", "verdicts.jsonl"),
        cwd=baton.folder,
        env=baton.environment,
        stdin=subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    assert process.stdin is not None
    seen, deadline, ids = b"", monotonic() + 20, count()
    with process.stdin as rows:
        while b" rows" not in seen and monotonic() < deadline:
            rows.write(f"{_row(next(ids))}\n".encode())
            rows.flush()
            if select.select([screen], [], [], 0.01)[0]:
                seen += os.read(screen, 10_000)
    assert process.wait(20) == 0
    seen += os.read(screen, 10_000_000)
    os.close(screen)
    assert re.search(rb"\r[0-9,]+ rows\r\x1b\[K", seen)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["text", "user", "prev", "messages", "asker", "addressed", "i"])
SAID = st.fixed_dictionaries({"text": st.text()}, optional={"user": st.text(), "i": ANYTHING})
THREAD = st.fixed_dictionaries(
    {"text": st.text(), "asker": st.text(), "messages": st.lists(SAID)},
    optional={"addressed": ANYTHING, "question_index": st.integers()},
)


@cache
def _judges() -> Mapping[str, Judge]:
    bot = Bot(Database(NEVER_OPENED), SystemClock(), SystemClock())
    features.register(bot)
    return bot.judges


@given(THREAD | st.dictionaries(NAMES, ANYTHING))
@settings(deadline=None)  # the first row has the patterns compiled
def test_every_judge_answers_or_refuses_whatever_the_row(row: dict[str, Any]) -> None:
    for judge in _judges().values():
        with suppress(RowUnfit):
            json.dumps(judge(row))


def _interrupted(path: Path) -> None:
    with files.whole(path) as file:
        file.write("half")
        raise KeyboardInterrupt


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(path)
    assert path.read_text() == "before"
    with files.whole(path) as file:
        file.write("whole")
        assert path.read_text() == "before"
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to("real")
    with files.whole(tmp_path / "link") as file:
        file.write("after")
    assert (tmp_path / "real").read_text() == "after"
    assert (tmp_path / "link").is_symlink()


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_device_stays_a_device_and_a_full_one_is_a_sentence() -> None:
    with pytest.raises(FileUnwritable, match="No space left"), files.whole(FULL) as full:
        full.write("x")
    assert FULL.is_char_device()
