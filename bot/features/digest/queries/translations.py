"""Every statement on what was put into other languages for digests."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from bot.core.channels import ChannelMemberRow
from bot.core.db import insert_new, storable
from bot.core.drafting import revision
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestScheduleRow, DigestSliceRow, DigestTranslationRow
from bot.features.digest.queries import mornings
from bot.features.digest.queries.slices import line_of
from bot.features.digest.rules.languages import Untranslated
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import SliceState


def untranslated(
    session: Session, after: datetime, before: datetime, limit: int
) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due between then, and whose drafts are there."""
    asked_for = DigestScheduleRow.translated_for
    return mornings.due(
        session,
        before,
        limit,
        DigestScheduleRow.next_at > after,
        DigestScheduleRow.drafted_for == DigestScheduleRow.next_at,
        or_(asked_for.is_(None), asked_for != DigestScheduleRow.next_at),
        ~_is_drafting(),
    )


def note_translated(uow: UnitOfWork, due: Due) -> None:
    """Notes that every translation for a digest was asked for."""
    asked = update(DigestScheduleRow).where(
        DigestScheduleRow.team_id == uow.team_id,
        DigestScheduleRow.user_id == due.user_id,
        DigestScheduleRow.next_at == due.scheduled,
    )
    uow.session.execute(asked.values(translated_for=due.scheduled))


def missing(
    uow: UnitOfWork, user_id: str, since: datetime, language: str
) -> Sequence[Untranslated]:
    """What was worded of the reader's channels since then and is not in a language yet."""
    is_there = exists().where(
        DigestTranslationRow.team_id == DigestSliceRow.team_id,
        DigestTranslationRow.channel_id == DigestSliceRow.channel_id,
        DigestTranslationRow.covers_from == DigestSliceRow.covers_from,
        DigestTranslationRow.language == language,
    )
    theirs = select(ChannelMemberRow.channel_id).where(
        ChannelMemberRow.team_id == uow.team_id,
        ChannelMemberRow.user_id == user_id,
        ChannelMemberRow.is_member,
    )
    rows = select(DigestSliceRow).where(
        DigestSliceRow.team_id == uow.team_id,
        DigestSliceRow.channel_id.in_(theirs),
        DigestSliceRow.told_until > since,
        DigestSliceRow.state == SliceState.DRAFTED,
        ~is_there,
    )
    ordered = rows.order_by(DigestSliceRow.covers_from, DigestSliceRow.channel_id)
    return [
        Untranslated(
            row.channel_id, row.covers_from, language, [line_of(each) for each in row.lines]
        )
        for row in uow.session.scalars(ordered)
    ]


def claim(uow: UnitOfWork, part: Untranslated) -> bool:
    """Takes on a translation; returns False if it is another reader's already."""
    row = {
        "team_id": uow.team_id,
        "channel_id": part.channel_id,
        "covers_from": part.covers_from,
        "language": part.language,
        "asked_at": uow.now,
        "state": SliceState.DRAFTING,
        "lines": {},
    }
    return insert_new(uow.session, DigestTranslationRow, [row]) == 1


def keep(
    uow: UnitOfWork, part: Untranslated, wordings: Mapping[str, str], *, is_plain: bool
) -> None:
    """Keeps what became of a translation, as far as the lines it is of are still there.

    Nothing is kept of one that somebody else has finished meanwhile.
    """
    slice_ = uow.session.get(DigestSliceRow, (uow.team_id, part.channel_id, part.covers_from))
    there = {revision(each["text"]) for each in slice_.lines} if slice_ else set()
    kept = update(DigestTranslationRow).where(
        DigestTranslationRow.team_id == uow.team_id,
        DigestTranslationRow.channel_id == part.channel_id,
        DigestTranslationRow.covers_from == part.covers_from,
        DigestTranslationRow.language == part.language,
        DigestTranslationRow.state == SliceState.DRAFTING,
    )
    lines = {rev: storable(text) for rev, text in wordings.items() if rev in there}
    state = SliceState.PLAIN if is_plain else SliceState.DRAFTED
    uow.session.execute(kept.values(state=state, lines=lines))


def wordings(uow: UnitOfWork, channel_id: str, language: str) -> dict[str, str]:
    """What lines of a channel say in a language, by the revision of what they say."""
    rows = select(DigestTranslationRow.lines).where(
        DigestTranslationRow.team_id == uow.team_id,
        DigestTranslationRow.channel_id == channel_id,
        DigestTranslationRow.language == language,
        DigestTranslationRow.state == SliceState.DRAFTED,
    )
    return {rev: text for lines in uow.session.scalars(rows) for rev, text in lines.items()}


def forget_failed(uow: UnitOfWork, *, before: datetime) -> None:
    """Deletes what came to nothing before then, so that it can be tried again."""
    failed = delete(DigestTranslationRow).where(
        DigestTranslationRow.team_id == uow.team_id,
        DigestTranslationRow.state != SliceState.DRAFTED,
        DigestTranslationRow.asked_at < before,
    )
    uow.session.execute(failed)


def _is_drafting() -> ColumnElement[bool]:
    """Whether a draft of one of the reader's channels is still to come."""
    theirs = select(ChannelMemberRow.channel_id).where(
        ChannelMemberRow.team_id == DigestScheduleRow.team_id,
        ChannelMemberRow.user_id == DigestScheduleRow.user_id,
        ChannelMemberRow.is_member,
    )
    return exists().where(
        DigestSliceRow.team_id == DigestScheduleRow.team_id,
        DigestSliceRow.state == SliceState.DRAFTING,
        DigestSliceRow.channel_id.in_(theirs),
    )
