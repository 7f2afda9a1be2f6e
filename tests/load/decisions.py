"""A registry of many decisions, with words as often as in a language, and what is asked of it."""

import random
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate, islice
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.core import channels, people, workspaces
from bot.core.channels import Channel
from bot.core.db import Database
from bot.core.people import Account
from bot.core.workspaces import Workspace
from bot.features.decisions.rules.registry import Fields
from tests.support.registry import log_all

NOW: Final = datetime(2026, 10, 6, 8, tzinfo=UTC)
READER: Final = "U000READER"
CHANNELS: Final = 30
CLOSED: Final = 6
"""Of the channels of a workspace, those which the reader is not in."""
VOCABULARY: Final = 30_000
COMMON: Final = 20
RARE_FROM: Final = 5_000
_SYLLABLES: Final = re.findall("..", "bacodifugehajokalimonaperosutavewixozu")


class Words:
    """Words of which the n-th is n times as rare as the first (Zipf), the same in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same every time
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            length = self._chance.randint(2, 5)
            found["".join(self._chance.choices(_SYLLABLES, k=length))] = None
        self.by_rank = sorted(found, key=len)
        self._sums = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def some(self, count: int) -> str:
        """As many words as somebody might have written."""
        places = (self._chance.random() * self._sums[-1] for _ in range(count))
        return " ".join(self.by_rank[bisect(self._sums, place)] for place in places)

    def decisions(self) -> Iterator[tuple[Fields, str]]:
        """Decisions of 60 to 120 words, each with its channel."""
        while True:
            often = self._chance.randint
            fields = Fields(
                title=self.some(often(4, 9)),
                text=self.some(often(30, 55)),
                context=self.some(often(16, 34)),
                alternatives=self.some(often(10, 22)),
                tags=tuple(self.some(2).split()),
            )
            yield fields, f"C{self._chance.randrange(CHANNELS):03}"

    def questions(self, count: int) -> dict[str, list[str]]:
        """What people type, by kind."""
        pick = self._chance.choice
        common, rare = self.by_rank[:COMMON], self.by_rank[RARE_FROM:]
        between = self.by_rank[COMMON:RARE_FROM]
        pairs = ((common, common), (common, rare), (common, between), (between, between))
        return {
            "rare": [pick(rare) for _ in range(count)],
            "common": [common[number % COMMON] for number in range(count)],
            "between": [pick(between) for _ in range(count)],
            "two": [
                f"{pick(first)} {pick(second)}" for first, second in islice(_again(pairs), count)
            ],
        }


def teams(count: int) -> list[str]:
    """The names of so many workspaces."""
    return [f"T{number:08}" for number in range(count)]


def fill(database: Database, rows: int, spread_over: int) -> None:
    """Stores that many decisions, spread evenly, and who may see them."""
    made = Words().decisions()
    rebuilt = _full_text(database)
    for name, _ in rebuilt:
        _run(database, f"DROP INDEX {name}")
    for team_id in teams(spread_over):
        with database.transaction() as session:
            _settle(session, team_id)
            log_all(session, team_id, islice(made, rows // spread_over), at=NOW)
    for _, definition in rebuilt:
        _run(database, definition)
    if database.dialect == "postgresql":
        _run(database, "VACUUM (ANALYZE) decisions")


def _settle(session: Session, team_id: str) -> None:
    home = Workspace(
        team_id, team_id, f"https://{team_id}.slack.example/", "B1", "UBOT", frozenset()
    )
    workspaces.save(session, home, now=NOW)
    account = Account(READER, "Mei", "Asia/Tokyo", is_member=True)
    people.save(session, team_id, account, now=NOW)
    for number in range(CHANNELS):
        channel_id = f"C{number:03}"
        is_private = number < 2 * CLOSED
        inside = [] if number < CLOSED else [READER]
        channel = Channel(channel_id, channel_id, is_private, is_member=True)
        channels.save(session, team_id, channel, inside, as_of=NOW)


def _full_text(database: Database) -> Sequence[tuple[str, str]]:
    """The indexes that are quicker made at the end than kept row by row."""
    if database.dialect != "postgresql":
        return []
    known = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = 'ix_decisions_full_text'"
    with database.reading() as session:
        return [(name, definition) for name, definition in session.execute(text(known))]


def _run(database: Database, statement: str) -> None:
    alone = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with alone.connect() as connection:
        connection.exec_driver_sql(statement)


def _again(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    while True:
        yield from pairs
