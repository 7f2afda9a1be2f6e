"""Others help with a page, or one of them has it from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bot.core import addresses, attempts, attention, people
from bot.core.attention import Urgency
from bot.core.people import Person
from bot.core.ports import Act
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import acknowledging as words
from bot.features.redphone.messages import joining as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import responders
from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules import escalating
from bot.features.redphone.rules.acknowledging import How
from bot.features.redphone.rules.policies import OWN, Level, Way
from bot.features.redphone.rules.states import EventKind, State
from bot.features.redphone.rules.targets import ROTATION
from bot.features.redphone.service import acknowledging, rotations, standing, targets, timeline
from bot.features.redphone.service.standing import Refused

MOST: Final = 10
"""So many people are asked at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked to join, who was there before, and who cannot be paged."""

    people: Sequence[str]
    before: Sequence[str]
    refused: Sequence[str]


def join(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> bool:
    """Somebody helps; returns whether that is new. Raises Refused."""
    page = queries.page(uow, page_id, lock=True) if page_id is not None else None
    if page is None:
        raise Refused(words.UNKNOWN)
    if targets.member(uow, user_id) is None:
        raise Refused(words.MEMBERS_ONLY)
    if user_id == page.caller_id and not standing.responds(uow, page, user_id):
        raise Refused(messages.CALLERS)
    if not standing.sees(uow, page, user_id):
        raise Refused(words.NOT_YOURS)
    if page.state != State.ACKNOWLEDGED:
        raise Refused(standing.why_not(uow, page, user_id))
    _take_back(uow, page, [user_id])
    if page.acknowledged_by == user_id or not responders.add(uow, page.id, user_id, How.JOINED):
        return False
    timeline.note(uow, page.id, EventKind.JOINED, user_id)
    standing.show(uow, page)
    holder = targets.member(uow, page.acknowledged_by)
    standing.tell(uow, page, holder, "joined", messages.joined(user_id))
    return True


def has_it(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> bool:
    """Whether somebody is the one who is on it."""
    page = queries.page(uow, page_id) if page_id is not None else None
    return page is not None and rules.has(page.standing, user_id)


def invite(
    uow: UnitOfWork, page_id: UUID | None, user_id: str, wanted: Sequence[str], rotation_id: str
) -> Asked:
    """A responder asks people to join, and whoever is on call in a rotation. Raises Refused."""
    page = held(uow, page_id, user_id)
    on_call = targets.behind(uow, f"{ROTATION}:{rotation_id}") if rotation_id else []
    if rotation_id and not on_call and not wanted:
        raise Refused(messages.NOBODY_ON_CALL)
    ids = list(dict.fromkeys([*wanted, *(each.user_id for each in on_call)]))
    if not ids:
        raise Refused(messages.NOBODY_NAMED)
    found = [(each, targets.member(uow, each)) for each in ids]
    members = [person for _, person in found if person is not None]
    there = {each.user_id for each in responders.of(uow, page.id)} | {page.caller_id}
    fresh = [person for person in members if person.user_id not in there]
    for person in fresh:
        _page(uow, page, person, user_id)
    standing.show(uow, page)
    return Asked(
        [each.user_id for each in fresh],
        [each.user_id for each in members if each.user_id in there],
        [each for each, person in found if person is None],
    )


def hand_over(uow: UnitOfWork, page_id: UUID | None, user_id: str, to: str) -> PageRow:
    """Whoever has it gives it to another responder, who has to say soon that they know.

    Raises Refused.
    """
    page = standing.hold(uow, page_id, user_id)
    if targets.member(uow, to) is None or not standing.responds(uow, page, to):
        raise Refused(messages.NO_RESPONDER)
    after = rules.handed_over(page.standing, user_id, to, uow.now)
    standing.go(uow, page, after, user_id)
    responders.add(uow, page.id, to, How.JOINED)
    timeline.note(uow, page.id, EventKind.HANDED_OVER, to)
    standing.record(uow, page, user_id, "handed_over", {"to": to})
    what = standing.words(uow, page)
    question = words.handed_to_you(str(page.id), what, user_id, is_drill=page.is_drill)
    standing.ask(uow, page, question)
    standing.show(uow, page)
    acknowledging.tell_caller(uow, page, is_handed=True)
    return page


def stop_asking(uow: UnitOfWork, page: PageRow) -> None:
    """It is over: nobody is called any more who was asked to join."""
    asked = [each.user_id for each in responders.of(uow, page.id) if each.how == How.ASKED]
    _take_back(uow, page, asked)


def others(uow: UnitOfWork, page: PageRow, user_id: str) -> dict[str, str]:
    """The names of the other responders who can have it, by id."""
    ids = [each.user_id for each in responders.of(uow, page.id) if each.user_id != user_id]
    able = [each for each in ids if targets.member(uow, each) is not None]
    return dict(people.names(uow.session, uow.team_id, able))


def calls(uow: UnitOfWork) -> dict[str, str]:
    """The names of the rotations in which somebody is on call now, by id."""
    return {
        str(each.rotation_id): each.name or each.person.name
        for each in rotations.all_of(uow)
        if each.person is not None
    }


def held(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> PageRow:
    """A page that somebody is on, for one of its responders. Raises Refused."""
    page = standing.hold(uow, page_id, user_id)
    if page.state != State.ACKNOWLEDGED:
        raise Refused(standing.why_not(uow, page, user_id))
    return page


def _page(uow: UnitOfWork, page: PageRow, person: Person, by: str) -> None:
    """In Slack, and by every way of their own outside of it; what waits ends with their answer."""
    responders.add(uow, page.id, person.user_id, How.ASKED)
    what = standing.words(uow, page)
    about = {"kind": page.kind, "impact": page.impact}
    message = messages.please_join(str(page.id), by, what, **about, is_drill=page.is_drill)
    attention.reach(uow, _key(page, Way.DM, person.user_id), person, message, urgency=Urgency.PAGE)
    kinds = addresses.kinds_of(uow, [person.user_id])
    ways = escalating.usable(Level(), uow.house.pagers, kinds).get(person.user_id, ())
    name = people.names(uow.session, uow.team_id, [by]).get(by, "Somebody")
    notice = {
        "incident": str(page.id),
        "act": Act.TRIGGER,
        "subject": messages.outside_subject(name, is_drill=page.is_drill),
        "text": messages.outside_text(name, what),
        "is_test": page.is_drill,
    }
    for way in ways:
        key = _key(page, way, person.user_id)
        attempts.queue(uow, key, way, notice, user_id=person.user_id)


def _take_back(uow: UnitOfWork, page: PageRow, user_ids: Sequence[str]) -> None:
    attempts.cancel(uow, [_key(page, way, each) for each in user_ids for way in OWN])


def _key(page: PageRow, way: Way, user_id: str) -> str:
    return f"redphone:{page.id}:join:{way}:{user_id}"
