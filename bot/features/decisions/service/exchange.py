"""Takes the registry out as files, and in again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from bot.core import channels
from bot.core.exchanges import File, Taken
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import exchange as messages
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.queries import search
from bot.features.decisions.rules import exporting
from bot.features.decisions.rules.documents import Record, snapshot
from bot.features.decisions.rules.exporting import CSV, JSON, MADR, Read
from bot.features.decisions.rules.registry import Change, Status
from bot.features.decisions.service.documents import record as record_of

_WRITERS: Final[Mapping[str, Callable[[Iterable[Record]], Iterator[File]]]] = {
    MADR: exporting.as_madr,
    JSON: exporting.as_json,
    CSV: exporting.as_csv,
}
_READERS: Final[Mapping[str, Callable[[File], Iterator[Read]]]] = {
    MADR: exporting.read_madr,
    JSON: exporting.read_json,
    CSV: exporting.read_csv,
}
_ENDINGS: Final = {MADR: ".md", JSON: ".json", CSV: ".csv"}


class Exchange:
    """Decisions as files."""

    @property
    def formats(self) -> Sequence[str]:
        """A markdown file for each, JSON with their history, a table of the newest versions."""
        return tuple(_WRITERS)

    def is_ours(self, form: str, name: str) -> bool:
        """Whether a file's name says that it holds decisions in this format."""
        return name.endswith(_ENDINGS[form]) and not name.startswith(".")

    def take_out(self, uow: UnitOfWork, form: str, *, public_only: bool) -> Iterator[File]:
        """Every decision, or those that were made in public channels."""
        is_wanted = partial(_is_wanted, uow, public_only=public_only)
        rows = (row for row in queries.every(uow) if is_wanted(row))
        yield from _WRITERS[form](record_of(uow, row, names=is_wanted) for row in rows)

    def take_in(self, uow: UnitOfWork, form: str, files: Sequence[File]) -> Taken:
        """Adds the decisions in the files, under their own numbers; all of them, or none."""
        read = [each for file in files for each in _READERS[form](file)]
        found = exporting.problems_of(read)
        records = sorted(
            (each.record for each in read if each.record), key=lambda each: each.number
        )
        found += _clashes(uow, records)
        if found:
            return Taken(problems=found)
        new = [each for each in records if queries.get(uow, each.number) is None]
        for record in new:
            _add(uow, record)
        queries.count_on(uow, max((each.number for each in new), default=0))
        return Taken(len(new), len(records) - len(new), notes=_notes(uow, new))


def _clashes(uow: UnitOfWork, records: Sequence[Record]) -> Iterator[str]:
    """Numbers under which another decision is kept, and threads that are logged already."""
    coming = {record.number for record in records}
    for record in records:
        row = queries.get(uow, record.number)
        if row is not None and not _is_same(record_of(uow, row), record):
            yield messages.taken(record.name, row.title)
        logged = (
            queries.of_thread(uow, record.channel_id, record.root_ts) if record.root_ts else None
        )
        if logged is not None and logged.number != record.number:
            yield messages.logged_as(record.name, logged.number)
        following = exporting.replaced_by(record)
        if following and following not in coming and queries.get(uow, following) is None:
            yield messages.without(record.name, following)


def _is_same(known: Record, told: Record) -> bool:
    """Whether a decision is there as the file has it; a table does not tell the history."""
    place = (known.channel_id, known.root_ts) == (told.channel_id, told.root_ts)
    return place and snapshot(known) == snapshot(told)


def _add(uow: UnitOfWork, record: Record) -> None:
    row = queries.put(uow, record.number, _columns(record))
    for values in _versions(record):
        queries.add_version(uow, {"number": record.number, **values})
    queries.set_tags(uow, record.number, record.tags)
    search.index(row)


def _columns(record: Record) -> dict[str, Any]:
    kept = snapshot(record)
    return kept | {
        "review_on": record.review_on,
        "version": record.version,
        "search_text": "",
        "logged_by": record.logged_by.id,
        "author_id": record.author.id,
        "channel_id": record.channel_id,
        "message_ts": record.message_ts,
        "root_ts": record.root_ts,
        "is_source_gone": record.is_source_gone,
        "decided_at": record.decided_at,
        "changed_at": record.changed_at,
        "superseded_by": exporting.replaced_by(record),
    }


def _versions(record: Record) -> Iterator[dict[str, Any]]:
    """The versions as they were; where the file tells of none, the newest one."""
    for each in record.versions:
        yield {
            "version": each.version,
            "at": each.at,
            "by": each.by.id,
            "change": each.change,
            "note": each.note,
            "record": dict(each.snapshot),
        }
    if not record.versions:
        yield {
            "version": record.version,
            "at": record.changed_at,
            "by": "",
            "change": Change.IMPORTED,
            "note": "",
            "record": snapshot(record),
        }


def _notes(uow: UnitOfWork, new: Sequence[Record]) -> list[str]:
    places = {each.channel_id for each in new}
    unknown = {each for each in places if channels.find(uow.session, uow.team_id, each) is None}
    hidden = sum(each.channel_id in unknown for each in new)
    open_ = sum(each.status is Status.PROPOSED for each in new)
    return [
        *([messages.in_unknown_channels(hidden, len(unknown))] if hidden else []),
        *([messages.still_proposed(open_)] if open_ else []),
    ]


def _is_wanted(uow: UnitOfWork, row: DecisionRow, *, public_only: bool) -> bool:
    if not public_only:
        return True
    channel = channels.find(uow.session, uow.team_id, row.channel_id)
    return channel is not None and not channel.is_private
