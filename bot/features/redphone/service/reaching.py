"""Begins attempts: somebody, in one way; each is noted, so that none is made twice."""

from collections.abc import Iterable

from bot.core import boards
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.queries import responders, steps
from bot.features.redphone.rules.acknowledging import How
from bot.features.redphone.rules.escalating import SETTLES_WITHIN, Step, Tried
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.states import StepState
from bot.features.redphone.service import cards, notices, outside, targets


def reach(uow: UnitOfWork, page: PageRow, attempts: Iterable[Step]) -> None:
    """Begins these attempts; whoever is reached is a responder from then on."""
    for step in attempts:
        person = targets.member(uow, step.user_id)
        if person is None:
            continue
        if responders.add(uow, page.id, person.user_id, How.PAGED):
            boards.touch(uow, [person.user_id])
        key = _queue(uow, page, person, step.way)
        _note(uow, page, step, key)


def tell_house(uow: UnitOfWork, page: PageRow, ways: Iterable[Way]) -> None:
    """Tells the pagers that reach nobody in particular."""
    for way in ways:
        _note(uow, page, Step("", way), outside.call(uow, page, "", way))


def show_card(uow: UnitOfWork, page: PageRow) -> None:
    """Has the card posted, if there is a channel for it."""
    key = cards.post(uow, page)
    if key and steps.of_key(uow, key) is None:
        _note(uow, page, Step("", Way.CHANNEL), key)


def tried(step: PageStepRow) -> Tried:
    """An attempt as the rules know it."""
    made = Step(step.user_id, Way(step.way))
    return Tried(made, StepState(step.state), step.queued_at, step.settle_by)


def _queue(uow: UnitOfWork, page: PageRow, person: Person, way: Way) -> str:
    if way is Way.DM:
        return notices.send(uow, page, person, page.position)
    return outside.call(uow, page, person.user_id, way)


def _note(uow: UnitOfWork, page: PageRow, step: Step, key: str) -> None:
    # nobody goes another way if the card is late
    late = None if step.way is Way.CHANNEL else uow.now + SETTLES_WITHIN
    steps.add(uow, page, user_id=step.user_id, way=step.way, key=key, settle_by=late)
