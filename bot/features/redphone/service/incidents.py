"""The channel of a page's own: made, filled with people, and put away when somebody says so."""

from uuid import UUID

from bot.core import channels
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import incidents as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages
from bot.features.redphone.rules import incidents as rules
from bot.features.redphone.rules.states import OVER, EventKind
from bot.features.redphone.service import timeline


def open_channel(uow: UnitOfWork, page: PageRow) -> None:
    """Has a channel made for a page, if this workspace wants that, and goes on without waiting.

    It is public only where the card is. Where Baton may not make one, the timeline says so.
    """
    key = rules.key_of(page.id)
    if page.is_drill or not uow.setting(rules.CHANNELS) or uow.outbox.knows(key):
        return
    is_private = not _is_public(uow, page.card_channel)
    if not uow.workspace.lets_make_channels(is_private=is_private):
        timeline.note_once(uow, page.id, EventKind.NO_CHANNEL)
        return
    name = rules.name_of(page.what, page.kind, page.paged_at.date())
    uow.outbox.create_channel(key, name, is_private=is_private)


def settle_in(uow: UnitOfWork, page: PageRow, channel_id: str) -> bool:
    """The channel is there: it gets its topic and its people; False if that was done before."""
    if page.incident_channel:
        return False
    timeline.note(uow, page.id, EventKind.CHANNEL, text=channel_id)
    pages.set(uow, page.id, incident_channel=channel_id)
    uow.session.refresh(page)
    is_private = not _is_public(uow, page.card_channel)
    topic = messages.topic(page.kind, page.what, is_private=is_private)
    uow.outbox.set_topic(f"{rules.key_of(page.id)}:topic", channel_id, topic)
    return True


def follow(uow: UnitOfWork, page: PageRow) -> None:
    """The page moved on: whoever is new on it is invited, and its end is told in the channel."""
    room = timeline.room(uow, page)
    if not room:
        return
    for user_id in sorted(timeline.on_it(uow, page)):
        uow.outbox.invite(rules.invitation_key(page.id, user_id), room, user_id)
    if page.state in OVER:
        key = f"{rules.key_of(page.id)}:over"
        uow.outbox.post(key, room, messages.over(str(page.id)), urgent=True)


def not_settled(uow: UnitOfWork, key: str) -> None:
    """Something about a channel was refused: the timeline says what."""
    page_id, invited = rules.made_for(key), rules.invited_to(key)
    if page_id is not None:
        timeline.note(uow, page_id, EventKind.NO_CHANNEL)
    elif invited is not None:
        timeline.note(uow, invited[0], EventKind.NOT_INVITED, invited[1])


def archive(uow: UnitOfWork, page_id: UUID, user_id: str) -> str:
    """Puts the channel of a page away; returns in one sentence why not, else empty."""
    page = pages.page(uow, page_id, lock=True)
    if page is None or not page.incident_channel or not timeline.room(uow, page):
        return messages.ARCHIVED_BEFORE
    if not may_see(uow, user_id, page.incident_channel):
        return messages.NOT_YOURS
    timeline.note(uow, page_id, EventKind.ARCHIVED, user_id)
    uow.outbox.archive(f"{rules.key_of(page_id)}:archive", page.incident_channel)
    return ""


def _is_public(uow: UnitOfWork, channel_id: str) -> bool:
    found = channels.find(uow.session, uow.team_id, channel_id)
    return found is not None and not found.is_private
