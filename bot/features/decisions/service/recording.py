"""The one way in which a decision gets into the registry, and in which it changes there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from dataclasses import fields as attributes
from datetime import date, datetime
from typing import Any, Final

from bot.core import boards, channels
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.keeping import plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import cards, proposals
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.queries import search, writes
from bot.features.decisions.queries.proposals import involved, results
from bot.features.decisions.rules.proposals import Result
from bot.features.decisions.rules.registry import (
    Change,
    Decision,
    Fields,
    Outcome,
    Place,
    Status,
    may_become,
)
from bot.features.decisions.service import owners, proposal_cards, upcoming, wanting

CARDS_LOOKED_AT: Final = 50


def add(
    uow: UnitOfWork,
    fields: Fields,
    place: Place,
    *,
    by: str,
    author_id: str = "",
    status: Status = Status.ACCEPTED,
    change: Change = Change.LOGGED,
    decided_at: datetime | None = None,
) -> DecisionRow | None:
    """Adds a decision as its first version; None if its thread was logged before.

    Its card is posted by `post_card`, where Baton is a member.
    """
    values = _columns(fields) | {
        "status": status,
        "search_text": "",
        "logged_by": by,
        "author_id": author_id,
        "channel_id": place.channel_id,
        "message_ts": place.message_ts,
        "root_ts": place.root_ts,
        "decided_at": decided_at or uow.now,
        "changed_at": uow.now,
    }
    row = queries.add(uow, values)
    if row is not None:
        _keep(uow, row, change, by=by, note="")
        boards.touch_all(uow)
    return row


def change(
    uow: UnitOfWork,
    row: DecisionRow,
    change: Change,
    *,
    by: str,
    note: str = "",
    fields: Fields | None = None,
    status: Status | None = None,
    outcome: Outcome | None = None,
    superseded_by: int | None = None,
) -> None:
    """Makes a new version of a decision, and has its card show it.

    Give it a row that was read with a lock. Raises ValueError if the status may not follow.
    """
    if status is not None:
        if not may_become(Status(row.status), status):
            raise ValueError(f"{row.status} cannot become {status}")
        row.status = status
    for name, value in (_columns(fields) if fields is not None else {}).items():
        setattr(row, name, value)
    row.outcome = row.outcome if outcome is None else outcome
    row.superseded_by = row.superseded_by if superseded_by is None else superseded_by
    row.superseded_by = None if change is Change.REINSTATED else row.superseded_by
    row.decided_at = uow.now if change is Change.ACCEPTED else row.decided_at
    row.is_source_gone = row.is_source_gone or change is Change.SOURCE_DELETED
    row.version += 1
    row.changed_at = uow.now
    _keep(uow, row, change, by=by, note=note)
    redraw(uow, row)
    boards.touch_all(uow)
    owners.tell(uow, decision(uow, row), change, by=by, note=note)


def post_card(uow: UnitOfWork, row: DecisionRow) -> None:
    """Posts a decision's card, in the thread that it was made in if there is one."""
    key, thread_ts = card_key(row.number), row.root_ts or None
    uow.outbox.post(key, row.channel_id, card(uow, row), thread_ts=thread_ts)


def of_card(uow: UnitOfWork, channel_id: str, ts: str) -> DecisionRow | None:
    """The decision whose card stands there, of the newest of a channel."""
    for row in queries.newest(uow, DecisionRow.channel_id == channel_id)[:CARDS_LOOKED_AT]:
        sent = uow.outbox.sent(card_key(row.number))
        if sent is not None and sent.ts == ts:
            return row
    return None


def redraw(uow: UnitOfWork, row: DecisionRow) -> None:
    """Has its card, if there is one, and the boards of those concerned show it as it is now."""
    boards.touch(uow, [row.owner_id, *involved(uow, row.number)])
    of = card_key(row.number)
    if uow.outbox.knows(of):
        uow.outbox.revise(f"{of}:{new_id()}", of=of, message=card(uow, row))


def decision(uow: UnitOfWork, row: DecisionRow) -> Decision:
    """A decision as the registry knows it."""
    return decisions(uow, [row])[0]


def decisions(uow: UnitOfWork, rows: Sequence[DecisionRow]) -> tuple[Decision, ...]:
    """Decisions as the registry knows them."""
    numbers = [row.number for row in rows]
    replaced, proposed = queries.replaced_by(uow, numbers), results(uow, numbers)
    return tuple(
        _decision(uow, row, replaced.get(row.number, ()), proposed.get(row.number)) for row in rows
    )


def fields_of(row: DecisionRow) -> Fields:
    """What people wrote about a decision."""
    return Fields(
        title=row.title,
        text=row.text,
        context=row.context,
        alternatives=row.alternatives,
        objections=row.objections,
        owner_id=row.owner_id,
        review_on=row.review_on,
        is_reversible=row.is_reversible,
        tags=tuple(row.tags.split()),
    )


def fields_of_record(record: Mapping[str, Any]) -> Fields:
    """What people wrote about a decision, as one of its versions kept it."""
    given = {each.name: record[each.name] for each in attributes(Fields) if each.name in record}
    review_on = given.get("review_on")
    tags = tuple(str(given.get("tags", "")).split())
    on = date.fromisoformat(review_on) if review_on else None
    return Fields(**given | {"tags": tags, "review_on": on})


def card_key(number: int) -> str:
    """Under which a decision's card is queued."""
    return f"decisions:{number}:card"


def card(uow: UnitOfWork, row: DecisionRow) -> Message:
    """The card of a decision; one that was proposed keeps the card of the proposal."""
    shown = _for_everybody(uow, row)
    proposal = proposal_cards.shown(uow, row.number, row.version)
    if proposal is not None:
        return proposals.card(shown, proposal)
    after = queries.get(uow, shown.superseded_by) if shown.superseded_by else None
    return cards.card(shown, permalink(uow, after) if after is not None else "")


def _decision(
    uow: UnitOfWork, row: DecisionRow, supersedes: Sequence[int], proposed: str | None
) -> Decision:
    return Decision(
        number=row.number,
        version=row.version,
        status=Status(row.status),
        fields=fields_of(row),
        place=Place(row.channel_id, row.message_ts, row.root_ts),
        permalink=permalink(uow, row),
        channel_link=uow.workspace.address(row.channel_id),
        logged_by=row.logged_by,
        decided_at=row.decided_at,
        changed_at=row.changed_at,
        superseded_by=row.superseded_by,
        supersedes=tuple(supersedes),
        outcome=Outcome(row.outcome),
        is_source_gone=row.is_source_gone,
        recorded_in=_recorded_in(uow, row),
        was_review_due=upcoming.was_due(uow, row),
        proposed=None if proposed is None else Result(proposed),
    )


def permalink(uow: UnitOfWork, row: DecisionRow) -> str:
    """Where a decision was made, or its card; empty: it stands nowhere yet."""
    ts = row.message_ts or row.root_ts
    return uow.workspace.permalink(row.channel_id, ts, row.root_ts) if ts else ""


def _for_everybody(uow: UnitOfWork, row: DecisionRow) -> Decision:
    """A decision that names no other that some of its card's readers may not open."""
    whole = decision(uow, row)
    numbers = (*whole.supersedes, *([whole.superseded_by] if whole.superseded_by else []))
    open_ones = {number for number in numbers if _is_open_beside(uow, number, row.channel_id)}
    return replace(
        whole,
        superseded_by=whole.superseded_by if whole.superseded_by in open_ones else None,
        supersedes=tuple(number for number in whole.supersedes if number in open_ones),
    )


def _is_open_beside(uow: UnitOfWork, number: int, channel_id: str) -> bool:
    row = queries.get(uow, number)
    if row is None or row.channel_id == channel_id:
        return row is not None
    channel = channels.find(uow.session, uow.team_id, row.channel_id)
    return channel is not None and not channel.is_private


def _columns(fields: Fields) -> dict[str, Any]:
    return asdict(replace(fields, tags=())) | {"tags": " ".join(fields.tags)}


def _recorded_in(uow: UnitOfWork, row: DecisionRow) -> tuple[tuple[str, str], ...]:
    if not uow.systems:
        return ()
    held = writes.recorded(uow, row.number, row.version)
    return tuple((each.system, (each.reference or {}).get("url", "")) for each in held)


def _keep(uow: UnitOfWork, row: DecisionRow, change: Change, *, by: str, note: str) -> None:
    """What follows from every change: a version, reminders, its tags, what it is found by."""
    record = {name: plain(value) for name, value in _columns(fields_of(row)).items()}
    queries.add_version(
        uow,
        {
            "number": row.number,
            "version": row.version,
            "at": uow.now,
            "by": by,
            "change": change,
            "note": note,
            "record": record | {"status": row.status, "outcome": row.outcome},
        },
    )
    row.remind_at = upcoming.next_at(uow, row)
    queries.set_tags(uow, row.number, row.tags.split())
    search.index(row)
    wanting.want(uow, row)
