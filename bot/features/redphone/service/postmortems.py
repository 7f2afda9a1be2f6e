"""What a page leads to once it is resolved: a decision, and a post-mortem."""

from uuid import UUID

from bot.core import attention
from bot.core.attention import Urgency
from bot.core.blocks import MAX_INPUT
from bot.core.ids import new_id
from bot.core.ports import NewDecision
from bot.core.render import Channel, Mrkdwn, mrkdwn, shorten
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import postmortems as messages
from bot.features.redphone.messages import timeline as lines
from bot.features.redphone.modals.postmortems import MAX_TITLE
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages
from bot.features.redphone.rules import postmortems as rules
from bot.features.redphone.rules.postmortems import Draft
from bot.features.redphone.rules.timeline import fitted
from bot.features.redphone.service import targets, timeline


def offer(uow: UnitOfWork, page: PageRow) -> None:
    """Asks whoever resolved a page what is worth keeping of it; nobody after a drill."""
    person = targets.member(uow, page.resolved_by)
    if person is None or page.is_drill or page.resolved_at is None:
        return
    key = f"redphone:{page.id}:after:{page.resolved_at:%Y%m%d%H%M%S}"
    attention.reach(uow, key, person, messages.offered(str(page.id)), urgency=Urgency.REPLY)


def seen(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> PageRow | None:
    """A page that somebody may read about now; None: they may not, or it is not known."""
    page = pages.page(uow, page_id) if page_id is not None else None
    if page is None or targets.member(uow, user_id) is None:
        return None
    if user_id in timeline.on_it(uow, page):
        return page
    places = filter(None, (page.incident_channel, page.card_channel))
    return page if any(may_see(uow, user_id, each) for each in places) else None


def draft_of(uow: UnitOfWork, page: PageRow) -> Draft:
    """A post-mortem, literally from the timeline."""
    entries = timeline.of(uow, page.id)
    names = timeline.names_in(uow, entries)
    told = [lines.plain_line(each, names) for each in entries]
    what = "\n\n".join(filter(None, (page.what, page.resolution)))
    return Draft(
        title=shorten(page.what or page.kind, MAX_TITLE),
        what=rules.fitting(what),
        impact=rules.fitting(page.impact),
        timeline=fitted(told, MAX_INPUT, rules.LEFT_OUT) if told else "",
    )


def decision_of(uow: UnitOfWork, page: PageRow) -> NewDecision | None:
    """What happened and what came of it, as a decision to be made; None: it stands nowhere."""
    room = timeline.room(uow, page)
    if room:
        place, root_ts = room, ""
    else:
        key = timeline.card_key(uow, page)
        sent = uow.outbox.sent(key) if key else None
        place, root_ts = page.card_channel, page.card_ts or (sent.ts if sent else "")
    if not place:
        return None
    return NewDecision(
        channel_id=place,
        title=page.resolution or page.what,
        text=page.resolution,
        context="\n\n".join(filter(None, (page.what, page.impact))),
        root_ts=root_ts,
    )


def post(uow: UnitOfWork, page: PageRow, draft: Draft, author_id: str) -> Mrkdwn:
    """Posts a post-mortem where the page was followed, else to its author; tells where."""
    message = messages.post_mortem(draft, author_id)
    key = f"redphone:{page.id}:post_mortem:{new_id()}"
    room, under = timeline.room(uow, page), timeline.card_key(uow, page)
    if room:
        uow.outbox.post(key, room, message, urgent=True)
        return mrkdwn("in {channel}.", channel=Channel(room))
    if under:
        uow.outbox.post(key, page.card_channel, message, under=under, urgent=True)
        return mrkdwn("below the card in {channel}.", channel=Channel(page.card_channel))
    author = targets.member(uow, author_id)
    if author is not None:
        attention.reach(uow, key, author, message, urgency=Urgency.REPLY)
    return mrkdwn("in my message to you.")
