"""Every statement on the drafts of digests."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, storable
from bot.core.drafting import Draft
from bot.core.events import instant_of
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestScheduleRow, DigestSliceRow, DigestTranslationRow
from bot.features.digest.queries import mornings
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import (
    Drafted,
    DraftedLine,
    LineSource,
    Slice,
    SliceState,
    Stretch,
    joined,
)


def undrafted(session: Session, before: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due by then and for which a draft may be missing."""
    asked_for = DigestScheduleRow.drafted_for
    is_missing = or_(asked_for.is_(None), asked_for != DigestScheduleRow.next_at)
    return mornings.due(session, before, limit, is_missing)


def note_drafted(uow: UnitOfWork, due: Due) -> None:
    """Notes that every draft of a digest was asked for."""
    asked = update(DigestScheduleRow).where(
        DigestScheduleRow.team_id == uow.team_id,
        DigestScheduleRow.user_id == due.user_id,
        DigestScheduleRow.next_at == due.scheduled,
    )
    uow.session.execute(asked.values(drafted_for=due.scheduled))


def covered(uow: UnitOfWork, since: datetime) -> Mapping[str, Sequence[Stretch]]:
    """The stretches since then of which drafts were asked for, by channel."""
    rows = select(
        DigestSliceRow.channel_id, DigestSliceRow.covers_from, DigestSliceRow.told_until
    ).where(DigestSliceRow.team_id == uow.team_id, DigestSliceRow.told_until > since)
    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    for channel_id, begins, ends in uow.session.execute(rows):
        found[channel_id].append((begins, ends))
    return found


def claim_slice(uow: UnitOfWork, part: Slice) -> bool:
    """Takes on the draft of a channel's slice; returns False if somebody was faster."""
    row = {
        "team_id": uow.team_id,
        "channel_id": part.channel_id,
        "covers_from": part.told_from,
        "told_from": part.told_from,
        "told_until": part.told_until,
        "needed_at": part.needed_at,
        "state": SliceState.DRAFTING,
        "lines": [],
        "read": list(part.read),
        "prompt": "",
    }
    return insert_new(uow.session, DigestSliceRow, [row]) == 1


def keep_draft(uow: UnitOfWork, part: Slice, draft: Draft) -> None:
    """Keeps the lines of a draft with what they come from; of a plain one only that it is.

    Nothing is kept of a slice that was given up or forgotten meanwhile.
    """
    by_id = {source.id: source for source in part.material.sources}
    lines = [
        {
            "text": storable(line.text),
            "quote": storable(line.quote),
            "kind": line.kind,
            "people": dict(part.material.people),
            "sources": [[by_id[each].place.ts, by_id[each].rev] for each in line.source_ids],
        }
        for line in draft.lines
    ]
    kept = update(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.channel_id == part.channel_id,
        DigestSliceRow.covers_from == part.told_from,
        DigestSliceRow.told_until == part.told_until,
        DigestSliceRow.state == SliceState.DRAFTING,
    )
    if draft.is_plain:
        uow.session.execute(kept.values(state=SliceState.PLAIN))
    else:
        drafted = {"state": SliceState.DRAFTED, "lines": lines, "prompt": draft.prompt.name}
        uow.session.execute(kept.values(**drafted))


def are_drafting(session: Session, needed_before: datetime) -> bool:
    """Whether drafts are still to come for digests that are due before then."""
    found = select(DigestSliceRow.channel_id).where(_is_late(needed_before)).limit(1)
    return session.scalar(found) is not None


def give_up(session: Session, needed_before: datetime) -> None:
    """Makes what is still being drafted for digests that are due before then plain."""
    late = update(DigestSliceRow).where(_is_late(needed_before))
    session.execute(late.values(state=SliceState.PLAIN))


def drafted(uow: UnitOfWork, channel_id: str, since: datetime) -> Drafted | None:
    """What a model worded of a channel since then, if it did."""
    rows = select(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.channel_id == channel_id,
        DigestSliceRow.told_until > since,
        DigestSliceRow.state == SliceState.DRAFTED,
        DigestSliceRow.prompt != "",  # of the version before
    )
    return joined(map(_drafted, uow.session.scalars(rows)), since)


def forget_worded(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what was worded of talk that somebody took part in; returns how many slices."""
    names_them = cast(DigestSliceRow.lines, Text).contains(user_id, autoescape=True)
    ours = DigestSliceRow.team_id == uow.team_id
    count = affected(uow.session, delete(DigestSliceRow).where(ours, names_them))
    _forget_loose_translations(uow, count)
    return count


def forget_slices_of(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """Deletes what was worded of talk in which a message is."""
    at = instant_of(ts)
    telling = delete(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.channel_id == channel_id,
        DigestSliceRow.covers_from <= at,
        DigestSliceRow.told_until >= at,
    )
    _forget_loose_translations(uow, affected(uow.session, telling))


def forget_plain(uow: UnitOfWork, *, before: datetime) -> None:
    """Deletes the slices of before then that have no draft, so that they can get one."""
    plain = delete(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.state == SliceState.PLAIN,
        DigestSliceRow.told_until < before,
    )
    uow.session.execute(plain)


def forget_slices(uow: UnitOfWork, *, told_before: datetime, said_before: datetime) -> int:
    """Deletes the drafts of talk that ended, or began, before then; returns how many."""
    ours = DigestSliceRow.team_id == uow.team_id
    told = DigestSliceRow.told_until < told_before
    old = or_(told, DigestSliceRow.covers_from < said_before)
    count = affected(uow.session, delete(DigestSliceRow).where(ours, old))
    _forget_loose_translations(uow, count)
    return count


def _forget_loose_translations(uow: UnitOfWork, gone: int) -> None:
    """Deletes the translations of slices that are gone, if any are."""
    if not gone:
        return
    is_there = exists().where(
        DigestSliceRow.team_id == DigestTranslationRow.team_id,
        DigestSliceRow.channel_id == DigestTranslationRow.channel_id,
        DigestSliceRow.covers_from == DigestTranslationRow.covers_from,
    )
    ours = DigestTranslationRow.team_id == uow.team_id
    uow.session.execute(delete(DigestTranslationRow).where(ours, ~is_there))


def _is_late(needed_before: datetime) -> ColumnElement[bool]:
    needed_at = DigestSliceRow.needed_at
    is_late = or_(needed_at <= needed_before, needed_at.is_(None))
    return (DigestSliceRow.state == SliceState.DRAFTING) & is_late


def _drafted(row: DigestSliceRow) -> Drafted:
    lines = [line_of(each) for each in row.lines]
    stretch = row.covers_from, row.told_until
    return Drafted(row.channel_id, *stretch, lines, frozenset(row.read), row.prompt)


def line_of(stored: dict[str, Any]) -> DraftedLine:
    """A line as it is kept."""
    sources = [LineSource(ts, rev) for ts, rev in stored["sources"]]
    return DraftedLine(stored["text"], stored["quote"], stored["kind"], stored["people"], sources)
