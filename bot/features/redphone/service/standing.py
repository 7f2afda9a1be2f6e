"""Moves a page from where it stands, and has everybody see it."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from bot.core import attention, boards, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.ids import known_id, new_id
from bot.core.locales import clock, moment
from bot.core.people import Person
from bot.core.quotations import NOT_KEPT
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import acknowledging as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import responders
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.acknowledging import Standing
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import cards, notices, targets, trail
from bot.features.redphone.service.trail import Thing

Page: TypeAlias = PageRow


class Refused(Exception):
    """Somebody cannot do that to this page now; `sentence` is plain text and tells them why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def state_of(uow: UnitOfWork, page_id: str) -> str | None:
    """Where a page stands, for buttons on its card; None: there is none."""
    known = known_id(page_id)
    page = queries.page(uow, known) if known else None
    return rules.bound_to(page.standing) if page is not None else None


def hold(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> PageRow:
    """A page that nobody else moves meanwhile, for somebody who responds to it. Raises Refused."""
    page = queries.page(uow, page_id, lock=True) if page_id is not None else None
    if page is None:
        raise Refused(messages.UNKNOWN)
    if targets.member(uow, user_id) is None:
        raise Refused(messages.MEMBERS_ONLY)
    if not responds(uow, page, user_id):
        raise Refused(messages.NOT_YOURS)
    return page


def responds(uow: UnitOfWork, page: PageRow, user_id: str) -> bool:
    """Whether somebody was paged, or joined."""
    return user_id in {each.user_id for each in responders.of(uow, page.id)}


def sees(uow: UnitOfWork, page: PageRow, user_id: str) -> bool:
    """Whether a page concerns somebody, or they can read its card."""
    if user_id == page.caller_id or responds(uow, page, user_id):
        return True
    places = filter(None, (page.card_channel, page.incident_channel))
    return any(may_see(uow, user_id, each) for each in places)


def why_not(uow: UnitOfWork, page: PageRow, user_id: str) -> str:
    """Why a page that nobody is on, or that is over, cannot be worked on, in one sentence."""
    standing = page.standing
    if standing.state is State.CALLED_OFF:
        return messages.CALLED_OFF
    if standing.state is not State.RESOLVED or standing.resolved_at is None:
        return messages.NOBODY_YET
    names = people.names(uow.session, uow.team_id, [standing.resolved_by])
    at = local(uow, user_id, standing.resolved_at)
    return messages.is_over(names.get(standing.resolved_by, "somebody"), at)


def go(uow: UnitOfWork, page: PageRow, after: Standing | None, user_id: str) -> None:
    """Brings a page where it stands next. What was asked of whoever had it is answered by that.

    Raises Refused where there is no next, or somebody else was faster.
    """
    before = page.standing
    if after is None:
        had = before.state is State.ACKNOWLEDGED
        raise Refused(messages.NOT_WITH_YOU if had else why_not(uow, page, user_id))
    values = {each: getattr(after, each) for each in rules.MOVED}
    if not queries.move(uow, page.id, {before.state}, after.state, **values):
        raise Refused(messages.CHANGED)
    uow.session.refresh(page)
    if before.asked_at is not None and before.asked_at != after.asked_at:
        _close_question(uow, page, before)


def show(uow: UnitOfWork, page: PageRow) -> None:
    """Has every message and board that shows a page show it as it is now."""
    notices.redraw(uow, page)
    cards.draw(uow, page)
    concerned = [each.user_id for each in responders.of(uow, page.id)]
    boards.touch(uow, [page.caller_id, *concerned])


def ask(uow: UnitOfWork, page: PageRow, message: Message) -> None:
    """Asks whoever has it, at any hour, what `go` takes as answered once they did."""
    holder = targets.member(uow, page.acknowledged_by)
    if holder is not None:
        attention.reach(
            uow, _question(page.id, page.standing), holder, message, urgency=Urgency.PAGE
        )


def tell(uow: UnitOfWork, page: PageRow, person: Person | None, fact: str, said: Message) -> None:
    """Tells somebody at any hour what became of an open page."""
    if person is not None:
        key = f"redphone:{page.id}:{fact}:{new_id()}"
        attention.reach(uow, key, person, said, urgency=Urgency.PAGE)


def record(
    uow: UnitOfWork, page: PageRow, user_id: str, verb: str, after: dict[str, Any] | None = None
) -> None:
    """Notes in the audit trail what somebody did about a page."""
    trail.note(uow, Thing.PAGE, verb, user_id, about=f"page:{page.id}", after=after)


def words(uow: UnitOfWork, page: PageRow) -> str:
    """What is happening, as its caller wrote it; of whoever wants to be left alone nothing."""
    is_kept = bool(page.what) and not attention.is_off(uow, page.caller_id)
    return page.what if is_kept else NOT_KEPT


def address(uow: UnitOfWork, page: PageRow, reader_id: str) -> str:
    """Where a page stands that somebody may read: their own message, its card, or Baton itself."""
    own = [each.key for each in queries.notices(uow, page.id) if each.user_id == reader_id]
    for sent in map(uow.outbox.sent, own):
        if sent is not None:
            return uow.workspace.permalink(sent.channel_id, sent.ts)
    if page.card_channel and page.card_ts and may_see(uow, reader_id, page.card_channel):
        return uow.workspace.permalink(page.card_channel, page.card_ts)
    return uow.workspace.profile


def every(uow: UnitOfWork) -> timedelta:
    """How long a page goes without a word until whoever has it is asked."""
    return timedelta(minutes=uow.setting(rules.UPDATE_EVERY))


def local(uow: UnitOfWork, reader_id: str, at: datetime) -> str:
    """An instant in the reader's time, as it is written where they are; of today only the time."""
    reader = people.find(uow.session, uow.team_id, reader_id)
    if reader is None:
        return f"{at:%H:%M} UTC"
    then, now = reader.working_time.local(at), reader.working_time.local(uow.now)
    return (clock if then.date() == now.date() else moment)(then, reader.locale)


def _close_question(uow: UnitOfWork, page: PageRow, before: Standing) -> None:
    key, after = _question(page.id, before), page.standing
    at = local(uow, before.acknowledged_by, after.next_at) if after.next_at else ""
    told = messages.answered(after, before.acknowledged_by, at)
    uow.outbox.revise(f"{key}:answered", of=key, message=told)


def _question(page_id: UUID, standing: Standing) -> str:
    return f"redphone:{page_id}:asked:{standing.asked_at:%Y%m%d%H%M%S%f}:{standing.acknowledged_by}"
