"""The channels that decisions were made in, and which of them a search may look into."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import String, TextClause, bindparam, text

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries.terms import Of, Query, one_of

_EACH_ONCE: Final = text("""
    WITH RECURSIVE each_once(id) AS (
        SELECT min(channel_id) FROM decisions WHERE team_id = :team_id
        UNION ALL
        SELECT (
            SELECT min(channel_id) FROM decisions WHERE team_id = :team_id AND channel_id > id
        ) FROM each_once WHERE id IS NOT NULL
    )
    SELECT id FROM each_once WHERE id IS NOT NULL
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
        """The condition on decisions, if there is one; see `bound`."""
        return "AND channel_id NOT IN :besides" if self.besides else ""

    def bound(self, statement: TextClause) -> TextClause:
        """The statement with the channels in it."""
        if not self.besides:
            return statement
        return statement.bindparams(
            bindparam("besides", sorted(self.besides), String, expanding=True)
        )


def of_decisions(uow: UnitOfWork) -> Collection[str]:
    """The channels that have a decision."""
    return uow.session.scalars(_EACH_ONCE, {"team_id": uow.team_id}).all()
