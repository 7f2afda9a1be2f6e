"""What decisions are found by, and which have certain words; the one port to both databases.

A word that many decisions have stands in the newest ones: those are read first, without an index.
Only a word that few of those have is asked of the full-text index, where its list is short then.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, Protocol, TypeAlias

from sqlalchemy import TextClause, bindparam, select

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionCountRow, DecisionRow
from bot.features.decisions.queries.channels import Channels, prepared
from bot.features.decisions.queries.fts5 import Fts5
from bot.features.decisions.queries.terms import Of, Query, each_of
from bot.features.decisions.queries.tsvector import Tsvector
from bot.features.decisions.rules.ranking import Candidate, has_in_title, has_words, indexed
from bot.features.decisions.rules.registry import Fields
from bot.features.decisions.rules.words import may_begin

MOST: Final = 100
"""How many of the newest with the words are ranked."""
MOST_TITLED: Final = 50
"""How many of the newest with the words in their title are ranked besides."""
MOST_WORDS: Final = 16
"""How many words the databases are asked about; the rest is compared afterwards."""
READ: Final = 1_000
"""How many of the newest decisions are read before the index is asked."""

_NUMBERED: Final = select(DecisionRow).where(
    DecisionRow.team_id == bindparam("team_id"),
    DecisionRow.number.in_(bindparam("numbers", expanding=True)),
)
Where: TypeAlias = Literal["search_title", "search_text"]


class FullText(Protocol):
    """The full-text index of a database. It follows the rows of decisions by itself."""

    def newest(
        self, uow: UnitOfWork, query: Query, channels: Channels, *, below: int, limit: int
    ) -> list[Candidate]:
        """The newest decisions with these terms and a lower number than `below`."""
        ...


def index(row: DecisionRow) -> None:
    """Has a decision found by its words from now on, and by those of before no more."""
    fields = Fields(
        title=row.title,
        text=row.text,
        context=row.context,
        alternatives=row.alternatives,
        objections=row.objections,
        tags=tuple(row.tags.split()),
    )
    row.search_title, row.search_text = indexed(row.number, fields)


def end(uow: UnitOfWork) -> int:
    """The number that the next decision gets."""
    counted = select(DecisionCountRow.newest).where(DecisionCountRow.team_id == uow.team_id)
    return (uow.session.scalar(counted) or 0) + 1


def find(
    uow: UnitOfWork, words: Sequence[str], channels: Channels, *, below: int
) -> list[Candidate]:
    """Decisions that have every word, or one that begins with it.

    They are the newest `MOST`, and the newest `MOST_TITLED` that have them in the title or the
    tags. Where no more have the words, those are all of them.
    """
    uow.session.flush()
    asked = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    found = read(uow, "search_text", asked, channels, below=below, limit=MOST)
    older = _older(uow, Of.TEXT, asked, channels, below=below, limit=MOST - len(found))
    if len(found) + len(older) == MOST:  # there may be more
        titled = [each for each in found if has_in_title(each, asked)]
        if not older:
            titled = read(uow, "search_title", asked, channels, below=below, limit=MOST_TITLED)
        wanted = MOST_TITLED - len(titled)
        older += titled + _older(uow, Of.TITLE, asked, channels, below=below, limit=wanted)
    return [each for each in dict.fromkeys(found + older) if has_words(each, words)]


def _older(
    uow: UnitOfWork, of: Of, words: Sequence[str], channels: Channels, *, below: int, limit: int
) -> list[Candidate]:
    """The newest of those that are not read."""
    if limit <= 0 or below <= READ + 1:
        return []
    query = [*each_of(words, of), *channels.terms]
    return matching(uow, query, channels, below=below - READ, limit=limit)


def matching(
    uow: UnitOfWork, query: Query, channels: Channels, *, below: int, limit: int
) -> list[Candidate]:
    """The newest decisions with these terms, of the full-text index."""
    full_text: FullText = Fts5() if _is_sqlite(uow) else Tsvector()
    return full_text.newest(uow, query, channels, below=below, limit=limit)


def rows(uow: UnitOfWork, numbers: Sequence[int]) -> Sequence[DecisionRow]:
    """The decisions with these numbers, in their order."""
    values = {"team_id": uow.team_id, "numbers": numbers}
    by_number = {row.number: row for row in uow.session.scalars(_NUMBERED, values)}
    return [by_number[number] for number in numbers if number in by_number]


def read(
    uow: UnitOfWork,
    where: Where,
    words: Sequence[str],
    channels: Channels,
    *,
    below: int,
    limit: int,
) -> list[Candidate]:
    """The newest with the words there, of the newest of all, by reading these."""
    place = "instr" if _is_sqlite(uow) else "strpos"
    values = {
        "team_id": uow.team_id,
        "below": below,
        "from": below - READ,
        "limit": limit,
        **channels.values,
    }
    values |= {
        f"word_{number}": f" {word}" if may_begin(word) else f" {word} "
        for number, word in enumerate(words)
    }
    statement = _reading(place, where, len(words), channels.clause)
    rows = uow.session.execute(statement, values).all()
    return [Candidate(*row) for row in rows]


@cache
def _reading(place: str, where: str, words: int, within: str) -> TextClause:
    has = [
        f"AND {place}({where}, trim(:word_{number})) > 0"
        f" AND {place}(' ' || {where} || ' ', :word_{number}) > 0"
        for number in range(words)
    ]  # most have not even its letters, which is found without making a longer text of it
    sql = f"""
        SELECT number, channel_id, status, search_title, search_text FROM decisions
        WHERE team_id = :team_id AND number < :below AND number >= :from
        {" ".join(has)} {within} ORDER BY number DESC LIMIT :limit
    """  # noqa: S608 - ours
    return prepared(sql, within)


def _is_sqlite(uow: UnitOfWork) -> bool:
    return uow.session.get_bind().dialect.name == "sqlite"
