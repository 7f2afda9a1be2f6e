"""The channels that decisions were made in, and which of them a search may look into."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import String, TextClause, bindparam, text

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries.terms import Of, Query, one_of

_EXTENT: Final = text("""
    WITH RECURSIVE each_once(id) AS (
        SELECT min(channel_id) FROM decisions WHERE team_id = :team_id
        UNION ALL
        SELECT (
            SELECT min(channel_id) FROM decisions WHERE team_id = :team_id AND channel_id > id
        ) FROM each_once WHERE id IS NOT NULL
    )
    SELECT id, (SELECT newest FROM decision_counts WHERE team_id = :team_id)
    FROM each_once WHERE id IS NOT NULL
""")  # one step in the index for each channel, however many decisions it has
_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Channels:
    """Where a search may look, and where it may not."""

    within: frozenset[str]
    besides: frozenset[str]

    @property
    def terms(self) -> Query:
        """What the index is asked, too, where most of what it finds could not be shown."""
        is_narrow = 0 < len(self.within) <= _FEW and len(self.within) < len(self.besides)
        return one_of(self.within, Of.CHANNEL) if is_narrow else []

    @property
    def clause(self) -> str:
        """The condition on decisions, if there is one; see `prepared` and `values`."""
        return "AND channel_id NOT IN :besides" if self.besides else ""

    @property
    def values(self) -> Mapping[str, Sequence[str]]:
        """What the condition is about."""
        return {"besides": sorted(self.besides)} if self.besides else {}


@dataclass(frozen=True, slots=True)
class Extent:
    """The channels that have a decision, and the number that the next decision gets."""

    channel_ids: Sequence[str]
    end: int


def extent(uow: UnitOfWork) -> Extent:
    """How far the decisions of the workspace reach."""
    uow.session.flush()
    rows = uow.session.execute(_EXTENT, {"team_id": uow.team_id}).all()
    return Extent([row[0] for row in rows], (rows[0][1] or 0) + 1 if rows else 1)


def of_decisions(uow: UnitOfWork) -> Collection[str]:
    """The channels that have a decision."""
    return extent(uow).channel_ids


def prepared(sql: str, clause: str) -> TextClause:
    """A statement that has the `clause` of some channels in it, without their `values`."""
    made = text(sql)
    return made.bindparams(bindparam("besides", type_=String, expanding=True)) if clause else made
