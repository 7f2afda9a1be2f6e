"""The registry as files: a markdown file for each decision, JSON, or a table for spreadsheets."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.core.exchanges import File
from bot.features.decisions.rules import madr
from bot.features.decisions.rules.documents import Record, Somebody
from bot.features.decisions.rules.madr import NotARecord
from bot.features.decisions.rules.registry import Outcome, Status

MADR: Final = "madr"
JSON: Final = "json"
CSV: Final = "csv"

_NAME: Final = "decisions"
_ONE: Final = TypeAdapter(Record)
_ALL: Final = TypeAdapter(list[Record])
_MANY: Final = TypeAdapter(list[Any])
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet may take for a formula, and the mark that keeps it from doing so."""
_COLUMNS: Final[Mapping[str, Callable[[Record], Any]]] = {
    "number": lambda record: record.number,
    "status": lambda record: record.status,
    "title": lambda record: record.title,
    "decision": lambda record: record.text,
    "context": lambda record: record.context,
    "alternatives": lambda record: record.alternatives,
    "objections": lambda record: record.objections,
    "owner_id": lambda record: record.owner.id,
    "owner": lambda record: record.owner.name,
    "author_id": lambda record: record.author.id,
    "logged_by_id": lambda record: record.logged_by.id,
    "tags": lambda record: " ".join(record.tags),
    "review_on": lambda record: record.review_on or "",
    "reversible": lambda record: {True: "yes", False: "no", None: ""}[record.is_reversible],
    "outcome": lambda record: record.outcome,
    "superseded_by": lambda record: madr.number_in(record.superseded_by) or "",
    "version": lambda record: record.version,
    "decided_at": lambda record: record.decided_at.isoformat(),
    "changed_at": lambda record: record.changed_at.isoformat(),
    "channel_id": lambda record: record.channel_id,
    "message_ts": lambda record: record.message_ts,
    "thread_ts": lambda record: record.root_ts,
    "source_deleted": lambda record: "yes" if record.is_source_gone else "",
    "permalink": lambda record: record.permalink,
}
"""What stands in each column of the table; a decision's history does not."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a file: a record, or what is wrong with it in a sentence; and where."""

    where: str
    record: Record | None = None
    problem: str = ""


def as_madr(records: Iterable[Record]) -> Iterator[File]:
    """A markdown file for each decision."""
    for record in records:
        document = madr.to_madr(record)
        yield File(document.name, document.text)


def as_json(records: Iterable[Record]) -> Iterator[File]:
    """One file with everything that is known of every decision."""
    text = _ALL.dump_json(list(records), indent=2).decode()
    yield File(f"{_NAME}.json", text + "\n")


def as_csv(records: Iterable[Record]) -> Iterator[File]:
    """One table of the newest versions; no cell of it is a formula."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)  # RFC 4180: lines end with CR LF
    writer.writerow(_COLUMNS)
    for record in records:
        writer.writerow(_harmless(str(tell(record))) for tell in _COLUMNS.values())
    yield File(f"{_NAME}.csv", table.getvalue())


def read_madr(file: File) -> Iterator[Read]:
    """The decision in a markdown file."""
    try:
        yield Read(file.name, madr.from_madr(file.text))
    except NotARecord as flaw:
        yield Read(file.name, problem=str(flaw))


def read_json(file: File) -> Iterator[Read]:
    """The decisions in a JSON file."""
    try:
        rows = _MANY.validate_json(file.text)
    except ValidationError:
        yield Read(file.name, problem="It is no list in JSON.")
        return
    for place, row in enumerate(rows, 1):
        where = f"{file.name}, entry {place}"
        try:
            yield Read(where, _ONE.validate_python(row))
        except ValidationError as flaws:
            yield Read(where, problem=_sentence(flaws))


def read_csv(file: File) -> Iterator[Read]:
    """The decisions in a table."""
    rows = csv.reader(io.StringIO(file.text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        names = next(rows, [])
        missing = [name for name in _COLUMNS if name not in names]
        if missing:
            yield Read(file.name, problem=f"It lacks the column {missing[0]}.")
            return
        for place, cells in enumerate(rows, 2):
            yield _read_row(f"{file.name}, row {place}", names, cells)
    except csv.Error as flaw:
        yield Read(file.name, problem=f"It is no table: {flaw}.")


def problems_of(read: Sequence[Read]) -> list[str]:
    """What is wrong with the decisions as a whole, each in a sentence; nothing: all is well."""
    found = [f"{each.where}: {each.problem}" for each in read if each.problem]
    by_number: dict[int, Record] = {}
    for each in read:
        if each.record is None:
            continue
        if each.record.number in by_number:
            found.append(f"{each.where}: {each.record.name} is there twice.")
        by_number[each.record.number] = each.record
        found += [f"{each.where}: {flaw}" for flaw in _flaws(each.record)]
    return [*found, *_loops(by_number)]


def replaced_by(record: Record) -> int | None:
    """The number of the decision that superseded this one."""
    return madr.number_in(record.superseded_by)


def _flaws(record: Record) -> Iterator[str]:
    if record.number < 1 or record.version < 1:
        yield "Numbers and versions begin with 1."
    if not record.title.strip():
        yield "It has no title."
    if not record.channel_id:
        yield "It does not say in which channel it was made."
    if record.status is not Status.SUPERSEDED and replaced_by(record):
        yield "Only a superseded decision says which one superseded it."
    times = (record.decided_at, record.changed_at, *(each.at for each in record.versions))
    if any(each.tzinfo is None for each in times):
        yield "Its times have no zone."


def _loops(records: Mapping[int, Record]) -> Iterator[str]:
    """Of decisions of which each superseded the next and the last the first, every one."""
    following = {number: replaced_by(record) for number, record in records.items()}
    for number, record in records.items():
        at, steps = following[number], 0
        while at is not None and at != number and steps < len(following):
            at, steps = following.get(at), steps + 1
        if at == number:
            yield f"{record.name} superseded itself, by way of others."


def _read_row(where: str, names: Sequence[str], cells: Sequence[str]) -> Read:
    if len(cells) != len(names):
        return Read(where, problem=f"It has {len(cells)} cells, not {len(names)}.")
    row = {name: _as_written(cell) for name, cell in zip(names, cells, strict=True)}
    try:
        return Read(where, _record(row))
    except ValueError as flaw:
        return Read(where, problem=f"It cannot be read: {flaw}.")


def _record(row: Mapping[str, str]) -> Record:
    replaced = row["superseded_by"]
    record = Record(
        number=int(row["number"]),
        version=int(row["version"]),
        status=Status(row["status"]),
        title=row["title"],
        first_title=row["title"],
        decided_at=datetime.fromisoformat(row["decided_at"]),
        changed_at=datetime.fromisoformat(row["changed_at"]),
        text=row["decision"],
        context=row["context"],
        alternatives=row["alternatives"],
        objections=row["objections"],
        owner=Somebody(row["owner_id"], row["owner"]),
        author=Somebody(row["author_id"]),
        logged_by=Somebody(row["logged_by_id"]),
        tags=tuple(row["tags"].split()),
        review_on=date.fromisoformat(row["review_on"]) if row["review_on"] else None,
        is_reversible={"yes": True, "no": False}.get(row["reversible"]),
        outcome=Outcome(row["outcome"]),
        channel_id=row["channel_id"],
        message_ts=row["message_ts"],
        root_ts=row["thread_ts"],
        permalink=row["permalink"],
        is_source_gone=row["source_deleted"] == "yes",
    )
    return replace(record, superseded_by=madr.file_name(int(replaced), "")) if replaced else record


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _as_written(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DANGEROUS) else cell


def _sentence(flaws: ValidationError) -> str:
    first = flaws.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}." if where else f"{first['msg']}."
