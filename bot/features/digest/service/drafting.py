"""Has the talk of channels worded, ahead of the digests that tell of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, channels, message_store
from bot.core.drafting import Draft, Source, revision
from bot.core.plain_drafter import plain_draft
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import slices as queries
from bot.features.digest.rules import slices as rules
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import Slice
from bot.features.digest.service.mornings import enrolled, reader_of


def undrafted(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that come soon and whose drafts nobody has taken on."""
    return queries.undrafted(session, now + rules.DRAFT_AHEAD, limit)


def claim_drafts(uow: UnitOfWork, due: Due) -> list[Slice]:
    """Takes on what is to be drafted for somebody's digest, channel by channel."""
    person = enrolled(uow, due.user_id)
    if not queries.claim_drafting(uow, due) or person is None:
        return []
    since = reader_of(uow, person, at=max(due.scheduled, uow.now)).since
    parts = []
    for channel in channels.shared_with(uow.session, uow.team_id, person.user_id):
        said = message_store.between(uow.session, uow.team_id, channel.channel_id, since, uow.now)
        part = rules.slice_of(channel.channel_id, said, since, uow.now)
        if part is not None and queries.claim_slice(uow, part):
            parts.append(part)
    return parts


def keep_draft(uow: UnitOfWork, part: Slice, draft: Draft) -> None:
    """Keeps what became of a draft until the digests that need it are sent.

    Of a draft whose messages were changed, erased or taken back meanwhile nothing is kept.
    """
    holds = all(_is_as_it_was(uow, source) for source in part.material.sources)
    queries.keep_draft(uow, part, draft if holds else plain_draft(part.material, "changed"))


def forget_worded(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message says something else now, or nothing any more."""
    queries.forget_slices_of(uow, channel_id, ts)


def forget_words_of(uow: UnitOfWork, user_id: str) -> None:
    """Nothing that was worded of somebody's talk is kept, if they are left alone."""
    if attention.is_off(uow, user_id):
        queries.forget_worded(uow, user_id)


def _is_as_it_was(uow: UnitOfWork, source: Source) -> bool:
    place = (uow.session, uow.team_id, source.place.channel_id, source.place.ts)
    message = message_store.find(*place)
    return (
        message is not None
        and revision(message.text) == source.rev
        and message.user_id == source.author_id
    )


def forget_drafts(session: Session, before: datetime) -> None:
    """Deletes the drafts of before then."""
    queries.forget_slices(session, before=before)
