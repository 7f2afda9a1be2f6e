"""The full-text index of PostgreSQL: a GIN index over the terms as a tsvector.

The words are already what the configuration `simple` would make of them (`rules.words`). So none of
PostgreSQL's parsers sees them: it would take some for numbers, hosts or compounds, and ask the
database's locale which letters there are.
"""

from functools import cache
from typing import Final

from sqlalchemy import TextClause, text

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries.channels import Channels, prepared
from bot.features.decisions.queries.terms import Query, Term
from bot.features.decisions.rules.ranking import Candidate

_VECTOR: Final = (
    "CAST(team_id || '·' || replace(search_text, ' ', ' ' || team_id || '·') || ' ' || "
    "team_id || '•' || replace(search_title, ' ', ' ' || team_id || '•') || ' ' || "
    "team_id || '†' || channel_id AS tsvector)"
)
_MATCHES: Final = f"""
    SELECT d.number, d.channel_id, d.status, d.search_title, d.search_text
    FROM (
        SELECT * FROM decisions WHERE {_VECTOR} @@ CAST(:terms AS tsquery) OFFSET 0
    ) AS d
    WHERE (SELECT set_config('enable_seqscan', 'on', true)) = 'on'
      AND d.team_id = :team_id AND d.number < :below {{within}}
    ORDER BY d.number DESC LIMIT :limit
"""  # noqa: S608 - ours; OFFSET 0 keeps the rest of the conditions out of the index's way
_BY_INDEX: Final = text("SET LOCAL enable_seqscan = off")
"""The planner takes making a row's vector for as cheap as comparing a number.

It is told before the search is planned; the search itself takes it back as it begins.
"""


class Tsvector:
    """PostgreSQL's adapter of `search.FullText`."""

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
        uow.session.execute(_BY_INDEX)
        rows = uow.session.execute(_matching(channels.clause), values).all()
        return [Candidate(*row) for row in rows]


@cache
def _matching(within: str) -> TextClause:
    return prepared(_MATCHES.format(within=within), within)


def _written(query: Query, team_id: str) -> str:
    return " & ".join(f"({' | '.join(_term(one, team_id) for one in each)})" for each in query)


def _term(term: Term, team_id: str) -> str:
    return f"'{term.within(team_id)}'{':*' if term.is_begun else ''}"
