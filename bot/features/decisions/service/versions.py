"""What is kept of people in the versions of decisions, and how it is given out and erased."""

from collections.abc import Iterable

from sqlalchemy.orm.attributes import flag_modified

from bot.core.keeping import Kept, Record, nothing_of, plain
from bot.core.quotations import SOMEBODY
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import about
from bot.features.decisions.models import DecisionTagRow, DecisionVersionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import erasing


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's words and name out of the versions; what was recorded stays.

    What somebody is quoted with is the first text of a decision; what others made of it is theirs.
    """
    quoting = {row.number for row in queries.quoting(uow, user_id)}
    rows = queries.versions_with(uow, user_id, quoting)
    said = _first_texts(row for row in rows if row.number in quoting)
    for row in rows:
        if row.by == user_id:
            row.by, row.note = "", ""
        row.note = row.note.replace(f"<@{user_id}>", SOMEBODY)
        row.record = _without(row.record, user_id, said.get(row.number, ""))
        flag_modified(row, "record")
    return len(rows)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody changed about decisions."""
    return [
        {
            "number": row.number,
            "version": row.version,
            "change": row.change,
            "note": row.note,
            "at": plain(row.at),
        }
        for row in queries.versions_with(uow, user_id, ())
        if row.by == user_id
    ]


def _first_texts(rows: Iterable[DecisionVersionRow]) -> dict[int, str]:
    """The text of each decision's first version that has one."""
    found: dict[int, str] = {}
    for row in rows:
        if row.record.get("text"):
            found.setdefault(row.number, str(row.record["text"]))
    return found


def _without(record: Record, user_id: str, said: str) -> Record:
    """A record that names somebody no more, and quotes them no more."""
    owner_id = record.get("owner_id", "")
    kept = record | {"owner_id": "" if owner_id == user_id else owner_id}
    return kept | erasing.words_without(kept, said) if said and record else kept


KEPT = (
    Kept(
        "decision versions",
        about.KEEPS_VERSIONS,
        about.KEPT_FOR,
        (DecisionVersionRow,),
        export,
        erase,
        stays=about.STAYS_VERSIONS,
    ),
    nothing_of("decision tags", about.TAGS, DecisionTagRow),
)
