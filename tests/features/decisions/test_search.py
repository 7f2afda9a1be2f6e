"""Finding decisions by their words: the same on both databases, whatever is typed."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, text

from bot.core import channels, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.core.people import Account
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted
from bot.core.workspaces import Workspace
from bot.features.decisions.models import DecisionRow, DecisionVersionRow
from bot.features.decisions.queries import search as queries
from bot.features.decisions.queries.channels import Channels
from bot.features.decisions.queries.terms import Of, Term, each_of
from bot.features.decisions.rules.registry import Change, Fields, Place, Status
from bot.features.decisions.rules.searching import Search, reference, referred
from bot.features.decisions.rules.words import words_of
from bot.features.decisions.service import recording, search
from tests.support.installed import installed
from tests.support.registry import log_all

TEAM, MEI = "T1", "U0MEI0000"
HOME = Workspace(TEAM, "Tideline", "https://t.slack.example/", "B1", "UBOT", frozenset())
ACCOUNT = Account(MEI, "Mei", "Asia/Tokyo", is_member=True)
EVERYWHERE = Channels(frozenset(), frozenset())


@pytest.fixture
def uow(bot: Bot) -> Iterator[UnitOfWork]:
    with bot.begin(TEAM, during="interaction") as uow:
        workspaces.save(uow.session, HOME, now=uow.now)
        people.save(uow.session, TEAM, ACCOUNT, now=uow.now)
        for channel_id in ("C1", "C2"):
            _open(uow, channel_id)
        yield uow


def _open(uow: UnitOfWork, channel_id: str, *, is_private: bool = False, inside: str = "") -> None:
    channel = Channel(channel_id, channel_id.lower(), is_private, is_member=True)
    channels.save(uow.session, TEAM, channel, [inside] if inside else [], as_of=uow.now)


def _log(uow: UnitOfWork, title: str, channel_id: str = "C1", **fields: Any) -> DecisionRow:
    tags = tuple(fields.pop("tags", "").split())
    row = recording.add(uow, Fields(title, tags=tags, **fields), Place(channel_id), by="U1")
    assert row is not None
    return row


def _found(uow: UnitOfWork, typed: str, start: int = 0) -> list[int]:
    page = search.find(uow, MEI, Search(typed, start=start))
    return [each.number for each in page.decisions.seen]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("postgres", [2, 1]),
        ("post", [2, 1]),
        ("Queue POSTGRES", [1]),
        ("gres", []),
        ("redis", []),
        ("50%", []),
        ("größe", [3]),
        ("GROSSE", [3]),
        ("ﬁle", [4]),
        ("résumés", [4]),
        ("db", [5]),
        ("d-3", [3]),
        ("D-3 postgres", []),
        ("kafka", [4]),
        ("latency", [5]),
        ("hiring", [4]),
        ("weil", [4]),
    ],
)
def test_every_word_must_be_there_or_begin_one(
    typed: str, numbers: list[int], uow: UnitOfWork
) -> None:
    _log(uow, "Postgres for the queue")
    _log(uow, "No Postgres")
    _log(uow, "Größe: 20")
    _log(uow, "Resumes as a file", tags="hiring", alternatives="Kafka", context="Weil es geht")
    _log(uow, "DB in Oslo, dbt in Rome", objections="Ana: latency")
    assert numbers == _found(uow, typed)


def test_a_workspace_finds_only_its_own(bot: Bot) -> None:
    installed(bot, "T12")
    for team_id in ("T1", "T12", "T2"):
        with bot.begin(team_id, during="interaction") as uow:
            _log(uow, f"2postgres in {team_id}")
    for team_id, word in (("T1", "2postgres"), ("T2", "postgres"), ("T1", "22postgres")):
        with bot.begin(team_id, during="interaction") as uow:
            found = queries.find(uow, (word,), EVERYWHERE, below=2)
            asked = [[Term(Of.TEXT, word)]]
            by_index = queries.matching(uow, asked, EVERYWHERE, below=2, limit=9)
            assert found == by_index
            assert [each.number for each in found] == ([1] if word == "2postgres" else [])


def _fixture(uow: UnitOfWork) -> None:
    """A registry of 1,300, in which older ones have to be asked of the index."""
    chance = random.Random(3)  # noqa: S311 - the same on both databases
    words = ["queue", "billing", "search", "login", "cache", "design", "hiring", "budget"]
    made = []
    for number in range(1, 1_301):
        text = " ".join(chance.choices(words, k=4))
        rare = "quokka" if number in {2, 40, 77, 1_250} else ""
        title = f"{chance.choice(words)} {rare if number == 40 else ''} {number}"
        tags = (chance.choice(words),) if number % 3 else ()
        made.append((Fields(title, f"{text} {rare}", tags=tags), "C1"))
    log_all(uow.session, TEAM, made, at=uow.now)
    for number in (77, 1_299):
        row = uow.session.get(DecisionRow, (TEAM, number))
        assert row is not None
        recording.change(uow, row, Change.DEPRECATED, by="U1", status=Status.DEPRECATED)


TOP = {
    "quokka": [40, 1250, 2],
    "quok": [40, 1250, 2],
    "budget": [1294, 1293, 1286],
    "search login": [1285, 1271, 1268],
    "queue quokka": [1250, 77],
    "99": [99],
}
"""The top 3 of the fixture, on either database."""


def test_both_databases_have_the_same_top_3(bot: Bot) -> None:
    with bot.begin(TEAM, during="interaction") as uow:
        workspaces.save(uow.session, HOME, now=uow.now)
        people.save(uow.session, TEAM, ACCOUNT, now=uow.now)
        _open(uow, "C1")
        _fixture(uow)
    with bot.begin(TEAM, during="interaction") as uow:
        assert {typed: _found(uow, typed)[:3] for typed in TOP} == TOP


HOSTILE = [
    '"',
    "'",
    "postgres'",
    '" OR "1"="1',
    "postgres*",
    "* postgres",
    "NEAR(postgres queue)",
    "postgres NOT queue",
    "postgres OR redis",
    "title:postgres",
    "^postgres",
    "{terms} : postgres",
    "postgres & !queue",
    "postgres:*A <-> queue",
    "%",
    "_",
    "post%",
    "\\",
    "' | 'x':*",
    "T1·postgres",
    "†C1",
    "x" * 10_000,
    "postgres " * 500,
    " ".join(f"postgres{number}" for number in range(500)),
    "\x00\ud800\u202e",
    "?!… — ()[]{}",
    "",
]


@pytest.mark.slow
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_signs_mean_nothing_in_a_search(typed: str, uow: UnitOfWork) -> None:
    _log(uow, "Postgres for the queue")
    words = words_of(typed)
    there = ["d1", "postgres", "for", "the", "queue"]
    fits = bool(words) and all(
        any(each == word or (len(word) > 2 and each.startswith(word)) for each in there)
        for word in words
    )
    assert _found(uow, typed) == ([1] if fits else [])
    asked = each_of(words[: queries.MOST_WORDS], Of.TEXT)
    if asked:
        by_index = queries.matching(uow, asked, EVERYWHERE, below=2, limit=9)
        assert [each.number for each in by_index] == ([1] if fits else [])


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60), st.text(max_size=30))
def test_the_index_finds_what_stands_there_and_nothing_else(
    bot: Bot, written: str, typed: str
) -> None:
    written, typed = (
        each.encode("utf-8", "replace").decode().replace("\x00", " ") for each in (written, typed)
    )
    with bot.begin(TEAM, during="interaction") as uow:
        row = _log(uow, written)
        uow.session.flush()
        below = row.number + 1
        for words in (words_of(written), words_of(typed)):
            asked = each_of(words[:16], Of.TEXT)
            if asked:
                read = queries.read(
                    uow, "search_text", words[:16], EVERYWHERE, below=below, limit=2_000
                )
                by_index = queries.matching(uow, asked, EVERYWHERE, below=below, limit=2_000)
                assert by_index == read
                assert words != words_of(written) or row.number in {each.number for each in read}


def test_a_change_is_found_by_its_new_words_and_not_by_the_old(uow: UnitOfWork) -> None:
    row = _log(uow, "Redis for the queue")
    recording.change(uow, row, Change.AMENDED, by="U1", fields=Fields("Postgres for the queue"))
    uow.session.flush()
    assert _found(uow, "postgres") == [1]
    for word, numbers in (("redis", []), ("postgres", [1])):
        for of in (Of.TEXT, Of.TITLE):
            asked = [[Term(of, word)]]
            found = queries.matching(uow, asked, EVERYWHERE, below=9, limit=9)
            assert [each.number for each in found] == numbers


def test_what_is_taken_out_is_in_no_index(uow: UnitOfWork) -> None:
    _log(uow, "Postgres")
    uow.session.execute(delete(DecisionRow))
    asked = each_of(["postgres"], Of.TEXT)
    assert queries.matching(uow, asked, EVERYWHERE, below=9, limit=9) == []


def test_erased_words_are_in_no_file_either(sqlite_url: str, clock: StoppedClock) -> None:
    house = installed(Bot(Database(sqlite_url), clock, SystemClock()), TEAM)
    for title in ("kanarienvogel", "Postgres", "Redis"):
        with house.begin(TEAM, during="interaction") as uow:
            _log(uow, title)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    files = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))]
    assert any(b"kanarienvogel" in each.read_bytes() for each in files if each.exists())
    with house.begin(TEAM, during="job") as uow:
        row = uow.session.get(DecisionRow, (TEAM, 1))
        assert row is not None
        row.title = "(erased)"
        queries.index(row)
        uow.session.flush()
        uow.session.execute(delete(DecisionVersionRow))
    house.database.sweep()
    assert not any(b"narienvogel" in each.read_bytes() for each in files if each.exists())
    house.database.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO decision_search(decision_search) VALUES('integrity-check')")


def test_whoever_is_in_few_channels_finds_what_is_there(uow: UnitOfWork) -> None:
    for number in range(1, 6):
        _open(uow, f"C9{number}", is_private=True, inside="U0SAM0000")
    hidden = [(Fields("The budget"), f"C9{number % 5 + 1}") for number in range(1_200)]
    log_all(uow.session, TEAM, [*hidden[:50], (Fields("The budget"), "C1"), *hidden], at=uow.now)
    assert _found(uow, "budget") == [51]
    page = search.find(uow, MEI, Search("budget"))
    assert (page.decisions.held_back, page.following, page.is_cut) == (0, None, False)


def test_a_guest_finds_nothing_and_is_told_of_nothing(uow: UnitOfWork) -> None:
    _log(uow, "The budget")
    _log(uow, "The budget of nobody's channel", "C7")
    people.save(uow.session, TEAM, replace(ACCOUNT, is_member=False), now=uow.now)
    for reader_id in (MEI, "U0UNKNOWN"):
        page = search.find(uow, reader_id, Search("budget"))
        assert page.decisions == Sifted()
    assert not uow.unsure


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "most"), [("quokka", 8), ("budget", 9), ("nowhere", 8)])
def test_a_search_is_few_statements_and_leaves_the_planner_alone(
    typed: str, most: int, uow: UnitOfWork
) -> None:
    _fixture(uow)
    uow.session.flush()
    said: list[str] = []
    connection = uow.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
    _found(uow, typed)
    assert len(said) <= most, said
    if connection.dialect.name == "postgresql":
        assert connection.scalar(text("SHOW enable_seqscan")) == "on"


def test_what_cannot_be_checked_is_held_back_and_counted(uow: UnitOfWork) -> None:
    _open(uow, "C9", is_private=True, inside=MEI)
    _log(uow, "The budget", "C9")
    later = UnitOfWork(TEAM, uow.now + timedelta(minutes=5), uow.session, uow.outbox)
    page = search.find(later, MEI, Search("budget"))
    assert (page.decisions.seen, page.decisions.held_back) == ((), 1)
    assert later.unsure == {"C9"}


def test_pages_show_each_once_though_more_is_logged_meanwhile(uow: UnitOfWork) -> None:
    for number in range(25):
        _log(uow, f"Budget {number}")
    seen: list[int] = []
    following: Search | None = Search("budget")
    while following is not None:
        page = search.find(uow, MEI, referred(reference(following)))
        seen += [each.number for each in page.decisions.seen]
        following = page.following
        _log(uow, "Budget again")
    assert seen == list(range(25, 0, -1))


@pytest.mark.slow
def test_of_very_many_it_says_that_there_may_be_more(uow: UnitOfWork) -> None:
    for number in range(queries.MOST + 5):
        _log(uow, f"{number}", text="budget")
    assert search.find(uow, MEI, Search("budget")).is_cut
    assert not search.find(uow, MEI, Search("103")).is_cut
