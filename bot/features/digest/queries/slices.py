"""Every statement on the drafts of digests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from bot.core.channels import ChannelMemberRow
from bot.core.db import affected, insert_new, storable
from bot.core.drafting import Draft
from bot.core.events import instant_of
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestScheduleRow, DigestSliceRow
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import Drafted, DraftedLine, LineSource, Slice, SliceState


def undrafted(session: Session, before: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due before then and for which no draft was asked for."""
    rows = select(
        DigestScheduleRow.team_id, DigestScheduleRow.user_id, DigestScheduleRow.next_at
    ).where(DigestScheduleRow.next_at <= before, is_undrafted())
    found = session.execute(rows.order_by(DigestScheduleRow.next_at).limit(limit))
    return [(team_id, Due(user_id, scheduled)) for team_id, user_id, scheduled in found]


def claim_drafting(uow: UnitOfWork, due: Due) -> bool:
    """Takes on a digest's drafts; returns False if somebody was faster."""
    mine = (DigestScheduleRow.team_id == uow.team_id, DigestScheduleRow.user_id == due.user_id)
    claimed = update(DigestScheduleRow).where(
        *mine, DigestScheduleRow.next_at == due.scheduled, is_undrafted()
    )
    return affected(uow.session, claimed.values(drafted_for=due.scheduled)) == 1


def claim_slice(uow: UnitOfWork, part: Slice) -> bool:
    """Takes on the draft of a channel's slice; returns False if another reader's has it."""
    row = {
        "team_id": uow.team_id,
        "channel_id": part.channel_id,
        "covers_from": part.covers_from,
        "told_from": part.told_from,
        "told_until": part.told_until,
        "state": SliceState.DRAFTING,
        "lines": [],
    }
    return insert_new(uow.session, DigestSliceRow, [row]) == 1


def keep_draft(uow: UnitOfWork, part: Slice, draft: Draft) -> None:
    """Keeps the lines of a draft with what they come from; of a plain one only that it is."""
    by_id = {source.id: source for source in part.material.sources}
    lines = [
        {
            "text": storable(line.text),
            "quote": storable(line.quote),
            "kind": line.kind,
            "people": dict(part.material.people),
            "sources": [[by_id[each].place.ts, by_id[each].rev] for each in line.source_ids],
            "prompt": f"{draft.prompt.id} v{draft.prompt.version}",
        }
        for line in draft.lines
    ]
    state = SliceState.PLAIN if draft.is_plain else SliceState.DRAFTED
    kept = update(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.channel_id == part.channel_id,
        DigestSliceRow.covers_from == part.covers_from,
    )
    uow.session.execute(kept.values(state=state, lines=[] if draft.is_plain else lines))


def drafted(uow: UnitOfWork, channel_id: str, since: datetime) -> Drafted | None:
    """What a model worded of a channel since then, if it did."""
    row = uow.session.get(DigestSliceRow, (uow.team_id, channel_id, since))
    if row is None or row.state != SliceState.DRAFTED:
        return None
    prompt = row.lines[0]["prompt"] if row.lines else ""
    return Drafted(row.told_from, row.told_until, [_line(each) for each in row.lines], prompt)


def forget_worded(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what was worded of talk that somebody took part in; returns how many slices."""
    names_them = cast(DigestSliceRow.lines, Text).contains(user_id, autoescape=True)
    ours = DigestSliceRow.team_id == uow.team_id
    return affected(uow.session, delete(DigestSliceRow).where(ours, names_them))


def forget_slices_of(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """Deletes what was worded of talk in which a message is."""
    at = instant_of(ts)
    uow.session.execute(
        delete(DigestSliceRow).where(
            DigestSliceRow.team_id == uow.team_id,
            DigestSliceRow.channel_id == channel_id,
            DigestSliceRow.told_from <= at,
            DigestSliceRow.told_until >= at,
        )
    )


def forget_slices(session: Session, *, before: datetime) -> None:
    """Deletes the drafts of before then."""
    session.execute(delete(DigestSliceRow).where(DigestSliceRow.told_until < before))


def is_undrafted() -> ColumnElement[bool]:
    """No draft was asked for yet."""
    asked_for = DigestScheduleRow.drafted_for
    return or_(asked_for.is_(None), asked_for != DigestScheduleRow.next_at)


def is_drafting() -> ColumnElement[bool]:
    """Whether a draft of one of the reader's channels is being made."""
    mine = select(ChannelMemberRow.channel_id).where(
        ChannelMemberRow.team_id == DigestScheduleRow.team_id,
        ChannelMemberRow.user_id == DigestScheduleRow.user_id,
        ChannelMemberRow.is_member,
    )
    return exists().where(
        DigestSliceRow.team_id == DigestScheduleRow.team_id,
        DigestSliceRow.state == SliceState.DRAFTING,
        DigestSliceRow.channel_id.in_(mine),
    )


def _line(stored: dict[str, Any]) -> DraftedLine:
    sources = [LineSource(ts, rev) for ts, rev in stored["sources"]]
    return DraftedLine(stored["text"], stored["quote"], stored["kind"], stored["people"], sources)
