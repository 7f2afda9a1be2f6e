"""What is said about a page outside of Slack: that it is there, that somebody is on it, its end."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from bot.core import attempts, links, people
from bot.core.ports import Act, Notice
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import outside as messages
from bot.features.redphone.messages.controls import ACKNOWLEDGE
from bot.features.redphone.messages.outside import Told, Words
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import steps
from bot.features.redphone.rules import escalating as rules
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.states import OVER, StepState
from bot.features.redphone.service import notices, standing

LINK_LASTS: Final = timedelta(days=1)
_SPOKEN: Final = frozenset({Way.VOICE})


def call(uow: UnitOfWork, page: PageRow, user_id: str, way: Way) -> str:
    """Has somebody called, or a pager that is nobody's own; returns the attempt's key."""
    key = notices.key_of(page, page.position, way, user_id)
    is_linked = bool(user_id) and way not in _SPOKEN
    link_id = (
        links.make(uow, ACKNOWLEDGE, str(page.id), user_id, lasts=LINK_LASTS) if is_linked else None
    )
    words = messages.paged(_told(uow, page), way)
    payload = _payload(page, key, Act.TRIGGER, words, _details(uow, page))
    if link_id is not None:
        payload["link_id"] = str(link_id)
    attempts.queue(uow, key, way, payload, user_id=user_id)
    return key


def say_nobody_answered(uow: UnitOfWork, page: PageRow) -> None:
    """Tells the pagers that are nobody's own that everybody was tried."""
    for way in told(uow, page):
        key = f"redphone:{page.id}:exhausted:{page.position}:{way}"
        words = messages.exhausted(_told(uow, page))
        attempts.queue(uow, key, way, _payload(page, key, Act.TRIGGER, words, _details(uow, page)))


def say_it_is_taken(uow: UnitOfWork, page: PageRow) -> None:
    """Tells those pagers of a page that somebody is on it, or that it is over, once each."""
    now = queries.page(uow, page.id) or page
    is_over, facts = now.state in OVER, _told(uow, now)
    act = Act.RESOLVE if is_over else Act.ACKNOWLEDGE
    words = messages.resolved(facts) if is_over else messages.taken(facts)
    for way in told(uow, now):
        key = f"redphone:{now.id}:{act}:{now.position}:{way}"
        attempts.queue(uow, key, way, _payload(now, key, act, words, _details(uow, now)))


def say_it_is_stuck(uow: UnitOfWork, page: PageRow) -> None:
    """Tells every pager that is nobody's own that a page does not go on; it is their own matter."""
    _say_of_auditor(uow, page, Act.TRIGGER, messages.stuck(_told(uow, page)))


def say_it_goes_on(uow: UnitOfWork, page: PageRow) -> None:
    """Tells them that it does again."""
    _say_of_auditor(uow, page, Act.RESOLVE, messages.goes_on(_told(uow, page)))


def told(uow: UnitOfWork, page: PageRow) -> list[Way]:
    """The pagers that are nobody's own and were told of a page, each once."""
    made = [each for each in steps.of(uow, page.id) if each.state != StepState.CANCELLED]
    return list(dict.fromkeys(Way(each.way) for each in made if each.way in rules.HOUSE_WIDE))


def untold(uow: UnitOfWork, page: PageRow, ways: Iterable[Way], since: int) -> list[Way]:
    """Those of the ways by which nobody was told after that position, as far as is known."""
    made = [each for each in steps.of(uow, page.id) if each.position > since]
    known = {each.way for each in made if each.state != StepState.FAILED}
    return [way for way in ways if way not in known]


def _say_of_auditor(uow: UnitOfWork, page: PageRow, act: Act, words: Words) -> None:
    for way in rules.HOUSE_WIDE:
        if way in uow.house.pagers:
            key = f"redphone:{page.id}:auditor:{act}:{uow.now:%Y%m%d%H%M%S}:{way}"
            payload = _payload(page, key, act, words, _details(uow, page))
            attempts.queue(uow, key, way, payload | {"incident": f"{page.id}:auditor"})


def _payload(
    page: PageRow, key: str, act: Act, words: Words, details: dict[str, str]
) -> dict[str, Any]:
    said = (words.subject, words.text)
    notice = Notice(key, str(page.id), act, *said, is_test=page.is_drill, details=details)
    return asdict(notice)


def _told(uow: UnitOfWork, page: PageRow) -> Told:
    ids = {page.caller_id, page.acknowledged_by} - {""}
    names = people.names(uow.session, uow.team_id, ids)
    what = standing.words(uow, page)
    return Told(
        caller=names.get(page.caller_id, ""),
        kind=page.kind,
        what=what,
        impact=page.impact if what == page.what else "",
        paged_at=page.paged_at,
        by=names.get(page.acknowledged_by, ""),
        resolution=page.resolution,
    )


def _details(uow: UnitOfWork, page: PageRow) -> dict[str, str]:
    told = _told(uow, page)
    return {
        "caller": told.caller,
        "kind": told.kind,
        "what": told.what,
        "impact": told.impact,
        "paged_at": page.paged_at.isoformat(),
        "state": page.state,
        "acknowledged_by": told.by,
    }
