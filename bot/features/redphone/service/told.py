"""The pages that somebody reads of later, in their digest."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import attention, people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.pages import Told
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import notices


def since(uow: UnitOfWork, reader: Person, instant: datetime) -> Sequence[Told]:
    """The pages that somebody sent, got or joined since then, as they may read of them."""
    rows = queries.pages_of(uow, reader.user_id, since=instant)
    return [_told(uow, row, reader) for row in rows]


def _told(uow: UnitOfWork, page: PageRow, reader: Person) -> Told:
    local, taken_at = reader.working_time.local, page.acknowledged_at
    is_shown = bool(page.what) and not attention.is_off(uow, page.caller_id)
    return Told(
        caller_id=page.caller_id,
        reader_id=reader.user_id,
        taken_by=page.acknowledged_by,
        what=people.readable(uow.session, uow.team_id, page.what) if is_shown else None,
        address=_address(uow, page, reader),
        paged_at=local(queries.reached_at(uow, page, reader.user_id)),
        taken_at=local(taken_at) if taken_at else None,
        locale=reader.locale,
        is_drill=page.is_drill,
        is_called_off=page.state == State.CALLED_OFF,
    )


def _address(uow: UnitOfWork, page: PageRow, reader: Person) -> str:
    """Where what they got about a page stands, in their own conversation with Baton."""
    theirs = [each.key for each in queries.notices(uow, page.id) if each.user_id == reader.user_id]
    if page.caller_id == reader.user_id:
        theirs.append(notices.of_caller(page))
    for sent in map(uow.outbox.sent, reversed(theirs)):
        if sent is not None:
            return uow.workspace.permalink(sent.channel_id, sent.ts)
    return uow.workspace.profile
