"""Has the talk of channels worded, ahead of the digests that tell of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.core import attention, message_store, rooms
from bot.core.drafting import Draft, DraftRequest, Source, revision
from bot.core.message_store import StoredMessage
from bot.core.plain_drafter import plain_draft
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import slices as queries
from bot.features.digest.rules import slices as rules
from bot.features.digest.rules import threads
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import Slice, Stretch
from bot.features.digest.service import places
from bot.features.digest.service.mornings import enrolled, reader_of, wants

PROMPT: Final = "digest/channel"


def undrafted(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that come soon and for which not every draft was asked for."""
    return queries.undrafted(session, now + rules.DRAFT_AHEAD, limit)


def claim_drafts(uow: UnitOfWork, due: Due, *, limit: int) -> list[Slice]:
    """Takes on up to so many slices for somebody's digest; other readers' are taken as they are."""
    person = enrolled(uow, due.user_id)
    is_too_late = rules.is_given_up(due.scheduled, uow.now)
    if person is None or is_too_late or uow.workspace.is_paused or not wants(uow, due.user_id):
        queries.note_drafted(uow, due)
        return []
    since = reader_of(uow, person, at=max(due.scheduled, uow.now)).since
    queries.forget_plain(uow, before=uow.now - rules.ANOTHER_TRY)
    covered = queries.covered(uow, since)
    claimed: list[Slice] = []
    for channel in places.told_of(uow, person.user_id):
        if rooms.is_social(channel.name):
            continue
        for stretch in rules.gaps(covered.get(channel.channel_id, ()), since, uow.now):
            said = _told_of(uow, channel.channel_id, stretch)
            for part in rules.slices_of(channel.channel_id, said, stretch, due.scheduled):
                if len(claimed) == limit:
                    return claimed
                if queries.claim_slice(uow, part):
                    claimed.append(part)
    queries.note_drafted(uow, due)
    return claimed


def request(team_id: str, part: Slice) -> DraftRequest:
    """What to ask a model for."""
    return DraftRequest(team_id, PROMPT, part.material)


def keep_draft(uow: UnitOfWork, part: Slice, draft: Draft) -> None:
    """Keeps what became of a draft until the digests that need it are sent.

    Of a draft that comes too late, or whose messages were changed, erased or taken back meanwhile,
    nothing is kept.
    """
    if rules.is_given_up(part.needed_at, uow.now):
        return
    holds = all(_is_as_it_was(uow, source) for source in part.material.sources)
    queries.keep_draft(uow, part, draft if holds else plain_draft(part.material, "changed"))


def give_up(session: Session, now: datetime) -> None:
    """What is still being drafted for digests that are about to come is plain there."""
    queries.give_up(session, now + rules.GIVE_UP)


def are_overdue(session: Session, now: datetime) -> bool:
    """Whether there is anything to give up."""
    return queries.are_drafting(session, now + rules.GIVE_UP)


def forget_worded(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A message says something else now, or nothing any more."""
    queries.forget_slices_of(uow, channel_id, ts)


def forget_words_of(uow: UnitOfWork, user_id: str) -> None:
    """Nothing that was worded of somebody's talk is kept, if they are left alone."""
    if attention.is_off(uow, user_id):
        queries.forget_worded(uow, user_id)


def _told_of(uow: UnitOfWork, channel_id: str, stretch: Stretch) -> list[StoredMessage]:
    said = message_store.between(uow.session, uow.team_id, channel_id, *stretch)
    return [each for each in said if not _is_left_out(uow, each)]


def _is_left_out(uow: UnitOfWork, message: StoredMessage) -> bool:
    to_baton = threads.is_to(uow.workspace.bot_user_id, message.text)
    return to_baton or attention.is_off(uow, message.user_id)


def _is_as_it_was(uow: UnitOfWork, source: Source) -> bool:
    place = (uow.session, uow.team_id, source.place.channel_id, source.place.ts)
    message = message_store.find(*place)
    return (
        message is not None
        and revision(message.text) == source.rev
        and message.user_id == source.author_id
        and not attention.is_off(uow, source.author_id)
    )
