"""Who is on a page, and whether they still are."""

from typing import Final
from uuid import UUID

from bot.core.locales import clock
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import acknowledging as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import responders
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.acknowledging import How, Taken
from bot.features.redphone.rules.states import OVER, EventKind, State
from bot.features.redphone.service import escalating, standing, targets, timeline

BUTTON: Final = "button"
LINK: Final = "link"


def acknowledge(uow: UnitOfWork, page_id: UUID, user_id: str, *, through: str) -> Taken:
    """Somebody is on it, by a button or a link; whatever was not begun yet is called back.

    Of two who press, the second is told who was first. Also after everybody was tried.
    """
    page = queries.page(uow, page_id, lock=True)
    if page is None:
        return Taken(is_first=False, refusal=messages.UNKNOWN)
    refusal = _why_not(uow, page, user_id)
    if refusal:
        return Taken(is_first=False, refusal=refusal)
    every = standing.every(uow)
    after = rules.acknowledged(page.standing, user_id, uow.now, every)
    if after is None:
        return Taken(is_first=False, by=page.acknowledged_by, at=page.acknowledged_at)
    standing.go(uow, page, after, user_id)
    responders.add(uow, page.id, user_id, How.JOINED)
    in_flight = escalating.stop(uow, page).in_flight
    timeline.note(uow, page.id, EventKind.ACKNOWLEDGED, user_id)
    standing.show(uow, page)
    standing.record(uow, page, user_id, "acknowledged", {"through": through})
    tell_caller(uow, page, in_flight=in_flight)
    return Taken(is_first=True, by=user_id, at=uow.now, in_flight=in_flight)


def look(uow: UnitOfWork, page: PageRow) -> None:
    """The clock: whoever is on it is asked, and without an answer it is paged on.

    At once if they cannot be asked, because they left. The page is locked.
    """
    if page.state != State.ACKNOWLEDGED:
        return
    if targets.member(uow, page.acknowledged_by) is None:
        lapse(uow, page)
        return
    after = rules.looked_at(page.standing, uow.now)
    if after is None:
        return
    if after.state is State.OPEN:
        lapse(uow, page)
        return
    standing.go(uow, page, after, page.acknowledged_by)
    timeline.note(uow, page.id, EventKind.ASKED, page.acknowledged_by)
    since = standing.local(uow, page.acknowledged_by, page.updated_at or page.paged_at)
    question = messages.asked(
        str(page.id), standing.words(uow, page), since, is_drill=page.is_drill
    )
    standing.ask(uow, page, question)


def lapse(uow: UnitOfWork, page: PageRow, *, by: str = "") -> None:
    """Nobody is on it any more, so it is paged on; `by`: whoever had it handed it back.

    Raises Refused if nobody had it.
    """
    had = page.acknowledged_by
    standing.go(uow, page, rules.lapsed(page.standing), by)
    kind = EventKind.HANDED_BACK if by else EventKind.LAPSED
    timeline.note(uow, page.id, kind, had)
    standing.record(uow, page, by, kind.value, {"had": had})
    escalating.resume(uow, page)
    standing.show(uow, page)
    _tell_lapsed(uow, page, had, is_handed_back=bool(by))


def hand_back(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> None:
    """Whoever has it cannot be on it any more. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    if not rules.has(page.standing, user_id):
        standing.go(uow, page, None, user_id)
    lapse(uow, page, by=user_id)


def leave(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is not there any more: what they were on is paged on at once."""
    theirs = [each.id for each in queries.open_pages(uow) if each.acknowledged_by == user_id]
    for page_id in theirs:
        page = queries.page(uow, page_id, lock=True)
        if page is not None and rules.has(page.standing, user_id):
            lapse(uow, page)


def tell_caller(
    uow: UnitOfWork, page: PageRow, *, in_flight: int = 0, is_handed: bool = False
) -> None:
    """Tells the caller who is on it, and what time it is there."""
    holder = targets.member(uow, page.acknowledged_by)
    caller = targets.member(uow, page.caller_id)
    if holder is None or caller is None or caller.user_id == holder.user_id:
        return
    there = clock(holder.working_time.local(uow.now), caller.locale)
    told = messages.caller_told(
        holder.user_id,
        there,
        standing.words(uow, page),
        in_flight=in_flight,
        is_drill=page.is_drill,
        is_handed=is_handed,
    )
    standing.tell(uow, page, caller, "taken", told)


def _why_not(uow: UnitOfWork, page: PageRow, user_id: str) -> str:
    """Why somebody cannot be on a page, in one sentence; empty: they can."""
    if targets.member(uow, user_id) is None:
        return messages.MEMBERS_ONLY
    if page.state in OVER:
        return standing.why_not(uow, page, user_id)
    if standing.responds(uow, page, user_id):
        return ""
    if user_id == page.caller_id:
        return messages.CALLERS
    return "" if standing.sees(uow, page, user_id) else messages.NOT_YOURS


def _tell_lapsed(uow: UnitOfWork, page: PageRow, had: str, *, is_handed_back: bool) -> None:
    what, is_drill = standing.words(uow, page), page.is_drill
    how = {"is_handed_back": is_handed_back, "is_drill": is_drill}
    caller = messages.caller_lapsed(had, what, **how)
    standing.tell(uow, page, targets.member(uow, page.caller_id), "lapsed", caller)
    others = messages.lapsed(str(page.id), had, what, **how)
    for each in responders.of(uow, page.id):
        if each.how == How.JOINED and each.user_id not in {had, page.caller_id}:
            standing.tell(uow, page, targets.member(uow, each.user_id), "lapsed", others)
    if not is_handed_back and had != page.caller_id:
        you = messages.you_lapsed(str(page.id), what, is_drill=is_drill)
        standing.tell(uow, page, targets.member(uow, had), "lapsed", you)
