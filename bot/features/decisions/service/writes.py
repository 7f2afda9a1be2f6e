"""Decisions on their way to the systems of record: each is written, read back, and then recorded.

The calls happen between two units of work; what is written is decided in the first.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.core import queue, read_back, workspaces
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.documents import Document, Reference
from bot.core.errors import BatonError, RecordRefused, RecordUnavailable
from bot.core.keeping import nothing_of
from bot.core.ports import SystemOfRecord
from bot.core.queue import Claim, State
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.decisions.messages import writes as messages
from bot.features.decisions.models import DecisionRow, WriteRow
from bot.features.decisions.queries import registry
from bot.features.decisions.queries import writes as queries
from bot.features.decisions.rules.madr import to_madr
from bot.features.decisions.rules.registry import Decision
from bot.features.decisions.rules.writes import AT_ONCE, CARD_SHOWS_FOR, LEASE, WORKING_DAY
from bot.features.decisions.service import documents, recording, wanting


@dataclass(frozen=True, slots=True)
class Task:
    """One document to be written by one system."""

    claim: Claim[WriteRow]
    system: str
    number: int
    document: Document
    known: Reference | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A decision that a system does not hold; `replaced`: it does, over somebody's own change."""

    decision: Decision
    system: str
    replaced: bool


def teams_with_work(bot: Bot) -> Sequence[str]:
    """The workspaces for which there is something to write now."""
    systems = [system.name for system in bot.outside.systems_of_record]
    with bot.reading() as (session, _):
        return queries.teams_with_work(session, systems, now=bot.machine_clock.now())


def teams(bot: Bot) -> Sequence[str]:
    """Every workspace."""
    with bot.reading() as (session, _):
        return [workspace.team_id for workspace in workspaces.every(session)]


def take_on(uow: UnitOfWork, now: datetime) -> Task | None:
    """The next document to write, taken for a while; None: there is none to write now.

    `now` is the machine's. Of an older version than what stands there nothing is written.
    """
    while (claim := queries.claim(uow, uow.systems, now=now, lease=LEASE)) is not None:
        write = claim.row
        row = registry.get(uow, write.number)
        held = queries.held(uow, write.system, write.number)
        why_not = _why_not(uow, row, write, held)
        if row is not None and not why_not:
            leaves = partial(wanting.may_leave, uow)
            record = documents.record(uow, row, version=write.version, names=leaves)
            known = Reference(**held.reference) if held and held.reference else None
            return Task(claim, write.system, write.number, to_madr(record), known)
        queue.finish(uow.session, claim, State.DROPPED, error=why_not)
        uow.session.flush()
    return None


def carry_out(system: SystemOfRecord, task: Task) -> Reference:
    """Writes a document and reads it back. Raises what the system raises."""
    return read_back.write(system, task.document, task.known)


def finish(uow: UnitOfWork, task: Task, reference: Reference) -> None:
    """Notes that a system holds the document, and has the card say so while it is new."""
    values: dict[str, Any] = {"reference": asdict(reference), "recorded_at": uow.now, "error": None}
    queue.finish(uow.session, task.claim, **values, replaced=reference.replaced)
    version = task.claim.row.version
    queries.let_go(uow, task.system, task.number, before=version)
    row = registry.get(uow, task.number)
    is_new = row is not None and uow.now - row.changed_at < CARD_SHOWS_FOR
    if row is not None and is_new and row.version == version:
        recording.redraw(uow, row)


def fail(uow: UnitOfWork, task: Task, error: Exception, now: datetime) -> None:
    """Notes what went wrong, and when it is tried again; `now` is the machine's."""
    said = str(error) if isinstance(error, BatonError) else type(error).__name__
    match error:
        case RecordRefused():
            queue.finish(uow.session, task.claim, State.DEAD, error=said)
        case RecordUnavailable(retry_after=pause) if pause is not None:
            later = now + max(pause, queue.FIRST_BACKOFF)
            queue.put_back(uow.session, task.claim, not_before=later, error=said)
        case RecordUnavailable():
            queue.fail(uow.session, task.claim, said, now=now, give_up=False)
        case _:
            queue.fail(uow.session, task.claim, said, now=now)


def troubles(uow: UnitOfWork, owner_id: str, since: datetime) -> Sifted[Trouble]:
    """What an owner should know: what is not recorded, and what was written over since."""
    found = [
        *((row, write, False) for row, write in queries.troubles_of(uow, owner_id)),
        *(
            (row, write, True)
            for row, write in queries.replaced_of(uow, owner_id, since - WORKING_DAY)
        ),
    ]
    seen = sift(uow, owner_id, found, channel_of=lambda each: each[0].channel_id)
    told = (
        Trouble(recording.decision(uow, row), write.system, replaced)
        for row, write, replaced in seen.seen
    )
    return Sifted(tuple(told), seen.held_back)


def status(uow: UnitOfWork) -> str:
    """How many decisions stand in each system, a line each."""
    lines = [
        messages.counted(name, queries.counts(uow.session, name), len(queries.missing(uow, name)))
        for name in uow.systems
    ]
    return "\n".join(lines) or messages.no_system()


def record_again(uow: UnitOfWork) -> str:
    """Has every system hold what it does not hold yet, and tries again what was given up."""
    if not uow.systems:
        return messages.no_system()
    if not wanting.is_alone(uow):
        return messages.several_workspaces()
    dead = [row for row in queries.given_up(uow) if row.system in uow.systems]
    for row in dead:
        queue.replay(row, now=AT_ONCE)
    added = sum(
        queries.add(uow, name, queries.missing(uow, name), not_before=AT_ONCE)
        for name in uow.systems
    )
    return messages.queued_again(added, len(dead))


def check(uow: UnitOfWork) -> list[Checked]:
    """A line for each system of record."""
    if not uow.systems:
        return [Checked(messages.ABOUT, messages.NONE)]
    if not wanting.is_alone(uow):
        return [Checked(messages.ABOUT, messages.several_workspaces(), messages.ONE_WORKSPACE)]
    return [_checked(uow, name) for name in uow.systems]


def _checked(uow: UnitOfWork, name: str) -> Checked:
    counts = queries.counts(uow.session, name)
    error = queries.last_error(uow.session, name)
    found = messages.counted(name, counts, len(queries.missing(uow, name)))
    to_do = messages.RECORD_AGAIN if counts[State.DEAD] else messages.WAIT
    return Checked(messages.ABOUT, f"{found} {error}".strip(), to_do if error else "")


def _why_not(
    uow: UnitOfWork, row: DecisionRow | None, write: WriteRow, held: WriteRow | None
) -> str:
    if row is None or not wanting.may_leave(uow, row):
        return "its channel does not want it outside of Slack"
    if held is not None and held.version > write.version:
        return "a newer version stands there"
    return ""


KEPT = (
    replace(nothing_of("decisions kept elsewhere", messages.KEEPS, WriteRow), stays=messages.STAYS),
)
