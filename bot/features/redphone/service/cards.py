"""The card of a page: one message for all, which always shows where the page stands."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from bot.core import channels, people
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import WORKSPACE
from bot.core.ids import new_id
from bot.core.patterns import regex
from bot.core.quotations import NOT_KEPT
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import cards as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages, responders
from bot.features.redphone.rules import cards as rules
from bot.features.redphone.rules.cards import Card
from bot.features.redphone.rules.escalating import place_of
from bot.features.redphone.rules.policies import Policy
from bot.features.redphone.service import incidents, timeline

_TOKEN: Final = regex(r"<#(\w+)(?:\|[^<>]*)?>")


def place(uow: UnitOfWork, typed_in: str) -> str:
    """The channel in which the card of a new page stands; empty: nowhere.

    `typed_in` is where somebody typed /redphone; empty: it was no conversation.
    """
    named = channels.called(uow.session, uow.team_id, uow.setting(rules.CHANNEL))
    if named is not None:
        return named.channel_id
    typed = channels.find(uow.session, uow.team_id, typed_in)
    return typed.channel_id if typed is not None and typed.is_member else ""


def may_place(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may say where cards stand."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and may_change(person, WORKSPACE, None)


def named(uow: UnitOfWork, typed: str) -> str:
    """The name of the channel that somebody typed; empty: none. Raises Unreadable."""
    token = _TOKEN.fullmatch(typed.strip())
    found = channels.find(uow.session, uow.team_id, token[1]) if token else None
    return found.name if found is not None and found.name else rules.CHANNEL.kind.read(typed)


def can_stand(uow: UnitOfWork, name: str, user_id: str) -> bool:
    """Whether cards can stand in the channel of that name, for somebody who sees it."""
    found = channels.called(uow.session, uow.team_id, name)
    return found is not None and may_see(uow, user_id, found.channel_id)


def post(uow: UnitOfWork, page: PageRow) -> str:
    """Queues the card, once, and has the channel of the page's own made where that is wanted.

    Returns its key in the outbox; empty: it has no channel, or stands there already.
    """
    key = rules.key_of(page.id)
    if page.card_channel and uow.outbox.knows(key):
        draw(uow, page)
        return ""
    if page.card_channel:
        card = messages.card(_shown(uow, page))
        uow.outbox.post(key, page.card_channel, card, urgent=True)
        timeline.catch_up(uow, page)
    incidents.open_channel(uow, page)
    return key if page.card_channel else ""


def draw(uow: UnitOfWork, page: PageRow) -> None:
    """Has the card show what the page stands at now, and the channel of its own follow."""
    shown = _shown(uow, page)
    _draw_first(uow, page, shown)
    if timeline.room(uow, page):
        key = rules.incident_key(page.id)
        card = messages.card(replace(shown, incident_channel=""))
        uow.outbox.redraw(f"{key}:{new_id()}", of=key, message=card)
    incidents.follow(uow, page)


def enter(uow: UnitOfWork, page_id: UUID, channel_id: str) -> None:
    """The channel of a page's own is there: from now on everything is told in it."""
    page = pages.page(uow, page_id, lock=True)
    if page is None or not incidents.settle_in(uow, page, channel_id):
        return
    shown = _shown(uow, page)
    card = messages.card(replace(shown, incident_channel=""))
    uow.outbox.post(rules.incident_key(page_id), channel_id, card, urgent=True)
    timeline.tell_so_far(uow, page)
    _draw_first(uow, page, shown)
    incidents.follow(uow, page)


def _draw_first(uow: UnitOfWork, page: PageRow, shown: Card) -> None:
    """The card where people read of pages."""
    key = timeline.card_key(uow, page)
    if key:
        card = messages.card(shown)
        uow.outbox.redraw(f"{key}:{new_id()}", of=key, message=card)
        _note_place(uow, page, key)


def _note_place(uow: UnitOfWork, page: PageRow, key: str) -> None:
    """Where the card stands, for when the outbox does not know that any more.

    Not when it is sent: its sender holds the row in the outbox, for which a page's holder waits.
    """
    sent = uow.outbox.sent(key) if not page.card_ts else None
    if sent is not None:
        pages.set(uow, page.id, card_ts=sent.ts)


def _shown(uow: UnitOfWork, page: PageRow) -> Card:
    policy = Policy.from_json(page.policy)
    where = place_of(policy, page.position) if page.position else None
    update = timeline.last_update(uow, page.id)
    holder = people.find(uow.session, uow.team_id, page.acknowledged_by)
    taken_at = page.acknowledged_at
    return Card(
        page_id=str(page.id),
        kind=page.kind,
        what=page.what or NOT_KEPT,
        impact=page.impact,
        caller_id=page.caller_id,
        paged_at=page.paged_at,
        is_drill=page.is_drill,
        paged=[each.user_id for each in responders.of(uow, page.id)],
        standing=page.standing,
        there=f"{holder.working_time.local(taken_at):%H:%M}" if holder and taken_at else "",
        level=where.level if where else 0,
        levels=len(policy.levels),
        round=where.round if where else 1,
        rounds=policy.rounds,
        updated_at=update.at if update else None,
        update=update.text if update else "",
        incident_channel=page.incident_channel,
    )
