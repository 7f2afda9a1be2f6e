"""The direct messages of a page: to whoever is paged, and to its caller."""

from datetime import datetime
from typing import Final

from bot.core import attention
from bot.core.attention import Urgency
from bot.core.ids import new_id
from bot.core.locales import clock
from bot.core.people import Person
from bot.core.quotations import NOT_KEPT
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.redphone.messages import notices as messages
from bot.features.redphone.messages import progress as progress_words
from bot.features.redphone.modals import pages as modals
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import steps
from bot.features.redphone.rules import notices as rules
from bot.features.redphone.rules.escalating import start_before
from bot.features.redphone.rules.notices import Notice, Progress, Tried
from bot.features.redphone.rules.policies import Policy, Way
from bot.features.redphone.rules.states import StepState
from bot.features.redphone.service import limits, targets

_DID_NOT: Final = frozenset({StepState.FAILED, StepState.CANCELLED})


def key_of(page: PageRow, position: int, way: Way, user_id: str) -> str:
    """Under which key one attempt of a page is queued."""
    return f"redphone:{page.id}:{position}:{way}:{user_id}"


def send(uow: UnitOfWork, page: PageRow, person: Person, position: int) -> str:
    """Pages somebody by direct message, at any hour; returns the key of it in the outbox."""
    key = key_of(page, position, Way.DM, person.user_id)
    message = messages.notice(_notice(uow, page, person, position))
    attention.reach(uow, key, person, message, urgency=Urgency.PAGE)
    return key


def tell_caller(uow: UnitOfWork, page: PageRow) -> None:
    """Sends the caller the one message that follows their page."""
    caller = targets.member(uow, page.caller_id)
    if caller is not None:
        message = progress_words.message(progress(uow, page, caller))
        attention.reach(uow, of_caller(page), caller, message, urgency=Urgency.PAGE)


def tell_called_off(uow: UnitOfWork, page: PageRow, user_id: str) -> None:
    """Tells whoever was on a page that they can stop, below what paged them."""
    person = targets.member(uow, user_id)
    if person is not None and user_id != page.caller_id:
        key = f"redphone:{page.id}:called_off:{user_id}"
        message = messages.called_off(page.caller_id, is_drill=page.is_drill)
        attention.reach(uow, key, person, message, urgency=Urgency.PAGE)


def redraw(uow: UnitOfWork, page: PageRow) -> None:
    """Has every direct message of a page, also its caller's, show what it stands at now."""
    for step in queries.notices(uow, page.id):
        reader = targets.member(uow, step.user_id)
        if reader is not None and step.state not in _DID_NOT:
            shown = _notice(uow, page, reader, step.position, step)
            uow.outbox.redraw(f"{step.key}:{new_id()}", of=step.key, message=messages.notice(shown))
    follow(uow, page)


def follow(uow: UnitOfWork, page: PageRow) -> None:
    """Has the caller's message, and what they see after the form, show what a page stands at."""
    caller = targets.member(uow, page.caller_id)
    if caller is None or not uow.outbox.knows(of_caller(page)):
        return
    shown = progress(uow, page, caller)
    key = f"{of_caller(page)}:{new_id()}"
    is_news = uow.outbox.redraw(key, of=of_caller(page), message=progress_words.message(shown))
    if is_news and uow.now - page.paged_at < rules.FORM_IS_WATCHED_FOR:
        view = modals.told(page.form_id, progress_words.lines(shown))
        uow.outbox.update_form(f"redphone:{page.id}:form:{new_id()}", page.caller_id, view)


def progress(uow: UnitOfWork, page: PageRow, caller: Person) -> Progress:
    """A page as its caller follows it."""
    standing, (route, on_call) = page.standing, limits.human_route(uow)
    since = rules.since(standing)
    return Progress(
        page_id=str(page.id),
        what=page.what or NOT_KEPT,
        standing=standing,
        turn=rules.turn(Policy.from_json(page.policy), page.position),
        since=_clock(caller, since) if since else "",
        tried=_tried(uow, page, caller),
        route=route,
        on_call=[each for each in on_call if each != page.caller_id],
        is_drill=page.is_drill,
    )


def _notice(
    uow: UnitOfWork, page: PageRow, reader: Person, position: int, step: PageStepRow | None = None
) -> Notice:
    """A page as somebody reads it who was paged by that step; None: they are now."""
    standing = page.standing
    since = rules.since(standing)
    return Notice(
        page_id=str(page.id),
        reader_id=reader.user_id,
        caller_id=page.caller_id,
        kind=page.kind,
        what=page.what or NOT_KEPT,
        impact=page.impact,
        paged_at=_clock(reader, step.queued_at if step is not None else uow.now),
        turn=rules.turn(Policy.from_json(page.policy), position),
        standing=standing,
        since=_clock(reader, since) if since else "",
        about=_address(uow, reader, page.about_channel, page.about_ts),
        card=_address(uow, reader, page.card_channel, page.card_ts),
        card_channel=page.card_channel,
        channel_id=page.incident_channel,
        is_drill=page.is_drill,
    )


def _address(uow: UnitOfWork, reader: Person, channel_id: str, ts: str) -> str:
    """Where a message stands, or else its channel; empty: the reader may not see it."""
    if not channel_id or not may_see(uow, reader.user_id, channel_id):
        return ""
    return uow.workspace.permalink(channel_id, ts) if ts else uow.workspace.address(channel_id)


def _tried(uow: UnitOfWork, page: PageRow, reader: Person) -> list[Tried]:
    """Who is on the page since it began, or since it goes on anew, and how they were paged last.

    What time it is for them is as of when somebody was paged last.
    """
    start = start_before(Policy.from_json(page.policy), max(page.position, 1))
    made = [each for each in steps.of(uow, page.id) if each.user_id and each.position > start]
    newest = {each.user_id: each.position for each in sorted(made, key=lambda it: it.position)}
    at = max((each.queued_at for each in made), default=uow.now)
    ways: dict[str, list[PageStepRow]] = {}
    for step in made:
        if step.position == newest[step.user_id]:
            ways.setdefault(step.user_id, []).append(step)
    return [
        Tried(
            user_id,
            clock(person.working_time.local(at), reader.locale),
            [Way(each.way) for each in theirs if each.state not in _DID_NOT],
            [Way(each.way) for each in theirs if each.state == StepState.FAILED],
        )
        for user_id, theirs in ways.items()
        if (person := targets.member(uow, user_id)) is not None
    ]


def _clock(reader: Person, at: datetime) -> str:
    return clock(reader.working_time.local(at), reader.locale)


def of_caller(page: PageRow) -> str:
    """Under which key the message that follows a page is queued for its caller."""
    return f"redphone:{page.id}:caller"
