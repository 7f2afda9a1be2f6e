"""Tells the workspace's admins, and the pagers that are nobody's own, that a page gets nowhere."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, logs, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.metrics import Gauge
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import alarming as messages
from bot.features.redphone.messages import progress
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import auditing as queries
from bot.features.redphone.queries import pages
from bot.features.redphone.rules import auditing
from bot.features.redphone.rules.auditing import Seen
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.service import limits, outside, targets, timeline

log = logs.get(__name__)


def open_ones(session: Session) -> list[Seen]:
    """How the pages that are not over stand, in all workspaces."""
    return queries.open_ones(session)


def measure(session: Session, now: datetime) -> Sequence[Gauge]:
    """How many pages are not over, and how many of these do not go on as they should."""
    found = queries.open_ones(session)
    late = auditing.audit(found, (), now).late
    return [
        Gauge("baton_redphone_pages", messages.PAGES, len(found)),
        Gauge("baton_redphone_late_pages", messages.LATE_PAGES, len(late)),
    ]


def alarm(uow: UnitOfWork, seen: Seen) -> None:
    """A page does not go on: whoever can do something about it is told, once."""
    if not queries.alarm(uow, seen.page_id):
        return
    page = pages.page(uow, seen.page_id)
    if page is None:
        return
    log.error("a page does not go on", team=uow.team_id, page=str(page.id), state=page.state)
    timeline.note(uow, page.id, EventKind.ALARMED)
    route = progress.route(*limits.human_route(uow))
    told = messages.stuck(page.caller_id, page.kind, route, is_drill=page.is_drill)
    _tell_admins(uow, page, f"stuck:{uow.now:%Y%m%d%H%M%S}", told)
    outside.say_it_is_stuck(uow, page)


def calm(uow: UnitOfWork, seen: Seen) -> None:
    """A page goes on again."""
    page = pages.page(uow, seen.page_id)
    if page is not None and queries.calm(uow, seen.page_id):
        log.info("a page goes on again", team=uow.team_id, page=str(page.id))
        outside.say_it_goes_on(uow, page)


def say_nobody_answered(uow: UnitOfWork, page: PageRow) -> None:
    """Tells the admins that everybody was tried."""
    told = messages.nobody_answered(page.caller_id, page.kind, is_drill=page.is_drill)
    _tell_admins(uow, page, f"exhausted:{page.position}", told)


def _tell_admins(uow: UnitOfWork, page: PageRow, fact: str, told: Message) -> None:
    """At any hour, but not because of a drill."""
    urgency = Urgency.ROUTINE if page.is_drill else Urgency.PAGE
    for user_id in people.admins(uow.session, uow.team_id):
        admin = targets.member(uow, user_id)
        if admin is not None and user_id != page.caller_id:
            key = f"redphone:{page.id}:{fact}:{user_id}"
            attention.reach(uow, key, admin, told, urgency=urgency)
