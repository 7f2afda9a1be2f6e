"""Decisions with all that is known of them, to be written elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow, DecisionVersionRow
from bot.features.decisions.queries import registry, writes
from bot.features.decisions.rules.documents import Record, Somebody, Version
from bot.features.decisions.rules.madr import file_name
from bot.features.decisions.rules.registry import Change, Outcome, Status
from bot.features.decisions.service import recording


def record(
    uow: UnitOfWork,
    row: DecisionRow,
    *,
    version: int | None = None,
    names: Callable[[DecisionRow], bool] = lambda _: True,
) -> Record:
    """A decision as it is now, or as it was in an earlier version.

    Of the decisions that it replaced, or that replaced it, those are in it that it `names`.
    """
    at = row.version if version is None else version
    rows = [each for each in registry.versions(uow, row.number) if each.version <= at]
    called = _names(uow, row, rows)
    now = _as_it_was(row, rows[-1] if rows and at < row.version else None)
    replaced = registry.replaced_by(uow, [row.number]).get(row.number, ())
    older = _named(uow, replaced, names)
    newer = _named(uow, _superseding(row, str(now["status"])), names)
    titles = writes.first_titles(uow, [row.number, *older, *newer])
    return Record(
        number=row.number,
        version=at,
        status=Status(str(now["status"])),
        title=str(now["title"]),
        first_title=titles.get(row.number, row.title),
        decided_at=row.decided_at,
        changed_at=rows[-1].at if rows else row.changed_at,
        text=str(now["text"]),
        context=str(now["context"]),
        alternatives=str(now["alternatives"]),
        objections=str(now["objections"]),
        owner=called[str(now["owner_id"])],
        author=called[row.author_id],
        logged_by=called[row.logged_by],
        tags=tuple(str(now["tags"]).split()),
        review_on=_day(now["review_on"]),
        is_reversible=None if now["is_reversible"] is None else bool(now["is_reversible"]),
        outcome=Outcome(str(now["outcome"])),
        supersedes=_files(older, titles),
        superseded_by="".join(_files(newer, titles)),
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        root_ts=row.root_ts,
        permalink=recording.permalink(uow, row),
        is_source_gone=row.is_source_gone,
        versions=tuple(_version(uow, each, called) for each in rows),
    )


def _as_it_was(row: DecisionRow, version: DecisionVersionRow | None) -> Mapping[str, object]:
    if version is not None:
        return version.record
    columns = row.__mapper__.column_attrs
    return {column.key: getattr(row, column.key) for column in columns}


def _version(uow: UnitOfWork, row: DecisionVersionRow, names: Mapping[str, Somebody]) -> Version:
    note = people.readable(uow.session, uow.team_id, row.note)
    return Version(row.version, row.at, names[row.by], Change(row.change), note, row.record)


def _names(
    uow: UnitOfWork, row: DecisionRow, versions: Iterable[DecisionVersionRow]
) -> Mapping[str, Somebody]:
    """Whoever has to do with it, by id; of somebody who is not known any more only the id."""
    then = {str(each.record["owner_id"]) for each in versions}
    ids = {row.owner_id, row.author_id, row.logged_by, *(each.by for each in versions), *then}
    known = people.names(uow.session, uow.team_id, ids)
    return {each: Somebody(each, known.get(each, "")) for each in ids}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]


def _superseding(row: DecisionRow, status: str) -> list[int]:
    is_so = row.superseded_by is not None and status == Status.SUPERSEDED
    return [row.superseded_by] if is_so and row.superseded_by is not None else []


def _named(
    uow: UnitOfWork, numbers: Iterable[int], names: Callable[[DecisionRow], bool]
) -> list[int]:
    rows = (registry.get(uow, number) for number in numbers)
    return [row.number for row in rows if row is not None and names(row)]


def _files(numbers: Iterable[int], titles: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(file_name(number, titles.get(number, "")) for number in numbers)
