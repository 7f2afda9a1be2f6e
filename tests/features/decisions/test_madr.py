"""A decision as a file: what is read back is what was written, and nothing of it is markup."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.features.decisions.rules.documents import Record, Somebody, Version, snapshot
from bot.features.decisions.rules.madr import (
    NotARecord,
    file_name,
    from_madr,
    number_in,
    to_madr,
)
from bot.features.decisions.rules.registry import Change, Outcome, Status

AT = datetime(2026, 10, 6, 8, 0, 1, 250_000, tzinfo=UTC)
HOSTILE = [
    "---", "...", "# heading", "## Decision", "no", "null", "~", "2026-01-05", "1. first", "- item",
    "key: value", '"quoted"', "it's", "a\r\nb", "\n\n", " edge ", "\t", "<script>alert(1)</script>",
    "[a](javascript:alert(1))", "![x](http://x.example/y.png)", "https://example.com",
    "&amp; &#10;", "`code`", "```\nfence\n```", "a\\", "\\", "*", "* ", "=====", "😀", "é\u0301",
    "\u202eabc", "| a | b |", "CON", "x" * 120, "\x00\x1b", "\x85\u2028", "{% raw %}",
    "%YAML", "!!python/x",
]  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=5).map("".join)
NAMES = st.lists(st.sampled_from(["0003-old.md", "0012-older-still.md"]), unique=True).map(tuple)
PEOPLE = st.builds(Somebody, st.sampled_from(["", "U1"]), WORDS)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone follows


@st.composite
def records(draw: st.DrawFn) -> Record:
    title = draw(WORDS)
    record = Record(
        number=draw(st.integers(1, 10**6)),
        version=2,
        status=draw(st.sampled_from(Status)),
        title=title,
        first_title=draw(WORDS) or title,
        decided_at=draw(TIMES),
        changed_at=draw(TIMES),
        text=draw(WORDS),
        context=draw(WORDS),
        alternatives=draw(WORDS),
        objections=draw(WORDS),
        owner=draw(PEOPLE),
        author=draw(PEOPLE),
        logged_by=draw(PEOPLE),
        tags=draw(st.lists(st.sampled_from(["no", "infra", "2026-01-05", "on"])).map(tuple)),
        review_on=draw(st.none() | st.dates()),
        is_reversible=draw(st.none() | st.booleans()),
        outcome=draw(st.sampled_from(Outcome)),
        supersedes=draw(NAMES),
        superseded_by=draw(st.sampled_from(["", "0042-new.md"])),
        permalink=draw(st.sampled_from(["", "https://acme.slack.com/archives/C1/p1?thread_ts=1"])),
        channel_id=draw(st.sampled_from(["", "C1"])),
        root_ts=draw(st.sampled_from(["", "1.1"])),
        is_source_gone=draw(st.booleans()),
    )
    older = Version(1, AT, draw(PEOPLE), Change.LOGGED, draw(WORDS), snapshot(record))
    older = replace(older, snapshot=dict(older.snapshot) | {"title": draw(WORDS), "tags": ""})
    newer = Version(2, AT, draw(PEOPLE), Change.AMENDED, draw(WORDS), snapshot(record))
    unknown = replace(older, snapshot={})
    return replace(record, versions=(draw(st.sampled_from([older, unknown])), newer))


def _record(title: str = "Postgres for the job queue", **fields: object) -> Record:
    given = Record(17, 1, Status.ACCEPTED, title, title, AT, AT)
    return replace(given, **fields)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(records())
def test_what_is_read_back_is_what_was_written(record: Record) -> None:
    document = to_madr(record)
    assert from_madr(document.text) == record
    document.text.encode()


@settings(max_examples=60, deadline=None)
@given(WORDS)
@example("\n- [x] done\n")
def test_words_of_people_are_never_markup(words: str) -> None:
    body = to_madr(_record(words, text=words, alternatives=words)).text.split("\n---\n", 1)[1]
    assert re.findall(r"(?<!\\)[<>`\[\]]", body) == []
    assert [line for line in body.split("\n") if re.match(r"#|---|===|```", line)] == [
        line for line in body.split("\n") if line.startswith(("# D-17:", "## "))
    ]
    assert "://" not in body


def test_readers_of_older_yaml_take_no_word_for_something_else() -> None:
    text = to_madr(_record(tags=("no", "on"), owner=Somebody("U1", "null"))).text
    old = YAML(typ="safe", pure=True)
    old.version = (1, 1)
    front = old.load(text.split("---\n")[1])
    assert front["tags"] == ["no", "on"]
    assert front["owner"] == {"name": "null", "id": "U1"}
    assert front["date"] == "2026-10-06"


def test_the_file_reads_like_a_record() -> None:
    record = _record(
        text="We take Postgres.",
        context="40 jobs a second.",
        alternatives="Redis: one thing more to run\nSQS",
        objections="Tom: vacuum. Settled: we partition.",
        owner=Somebody("U1", "Ana"),
        supersedes=("0003-redis.md",),
        superseded_by="0042-kafka.md",
        permalink="http://127.0.0.1:8655/archives/C1/p1?thread_ts=1.1&cid=C1",
        review_on=date(2027, 1, 5),
    )
    document = to_madr(record)
    assert document.name == "0017-postgres-for-the-job-queue.md"
    assert document.change == "D-17: logged: Postgres for the job queue"
    body = document.text.split("---\n", 2)[2]
    assert body == (
        "\n# D-17: Postgres for the job queue\n"
        "\n## Context\n\n40 jobs a second.\n"
        "\n## Decision\n\nWe take Postgres.\n"
        "\n## Considered alternatives\n\n* Redis: one thing more to run\n* SQS\n"
        "\n## Objections\n\n* Tom: vacuum. Settled: we partition.\n"
        "\n## More information\n\n"
        "* The conversation in Slack: "
        "<http://127.0.0.1:8655/archives/C1/p1?thread_ts=1.1&cid=C1>\n"
        "* Supersedes D-3: [0003-redis.md](0003-redis.md)\n"
        "* Superseded by D-42: [0042-kafka.md](0042-kafka.md)\n"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "0017-con.md"),
        ("🎉🎉", "0017-decision.md"),
        ("Größe: ½ “no”/../etc", "0017-grosse-12-no-etc.md"),
        ("x" * 120, f"0017-{'x' * 60}.md"),
        ("word " * 24, f"0017-{'-'.join(['word'] * 12)}.md"),
        ("", "0017-decision.md"),
    ],
)
def test_every_title_gives_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(17, title) == name
    assert number_in(name) == 17


def test_the_name_is_that_of_the_first_title() -> None:
    assert to_madr(_record("New", first_title="Old")).name == "0017-old.md"


@pytest.mark.parametrize(
    "text",
    ["", "# D-1: x\n", "---\n- 1\n---\n", "---\n: [\n---\n", "---\nnumber: 1\n---\n# D-1: x\n"],
)
def test_another_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotARecord, match=r"\.$"):
        from_madr(text)


def test_a_file_saved_with_other_line_ends_says_the_same() -> None:
    record = _record(text="One.\nTwo.\n\nThree.")
    assert from_madr(to_madr(record).text.replace("\n", "\r\n")) == record
