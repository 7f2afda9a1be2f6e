"""The full-text index of SQLite: an FTS5 table that triggers keep, without a text of its own.

Its row ids are the workspace's number, shifted, and the decision's: so it tells the newest of a
workspace first, and reads no more than are wanted.
"""

from functools import cache
from typing import Final

from sqlalchemy import TextClause

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries.channels import Channels, prepared
from bot.features.decisions.queries.terms import Query, Term
from bot.features.decisions.rules.ranking import Candidate

_MATCHES: Final = """
    SELECT d.number, d.channel_id, d.status, d.search_title, d.search_text
    FROM decision_search AS found CROSS JOIN decisions AS d
    WHERE found.decision_search MATCH :terms
      AND found.rowid > (SELECT serial << 32 FROM decision_search_teams WHERE team_id = :team_id)
      AND found.rowid < :below +
          (SELECT serial << 32 FROM decision_search_teams WHERE team_id = :team_id)
      AND d.team_id = :team_id AND d.number = found.rowid & 4294967295 {within}
    ORDER BY found.rowid DESC LIMIT :limit
"""


class Fts5:
    """SQLite's adapter of `search.FullText`."""

    def newest(
        self, uow: UnitOfWork, query: Query, channels: Channels, *, below: int, limit: int
    ) -> list[Candidate]:
        """The newest decisions with these terms."""
        values = {
            "terms": _written(query, uow.team_id),
            "team_id": uow.team_id,
            "below": below,
            "limit": limit,
            **channels.values,
        }
        rows = uow.session.execute(_matching(channels.clause), values).all()
        return [Candidate(*row) for row in rows]


@cache
def _matching(within: str) -> TextClause:
    return prepared(_MATCHES.format(within=within), within)


def _written(query: Query, team_id: str) -> str:
    return " AND ".join(f"({' OR '.join(_term(one, team_id) for one in each)})" for each in query)


def _term(term: Term, team_id: str) -> str:
    return f'"{term.within(team_id)}"{"*" if term.is_begun else ""}'
