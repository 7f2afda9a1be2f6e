"""How a page goes on until a human presses a button."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.core import addresses, attempts
from bot.core.queue import State as QueueState
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import escalating as messages
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import steps
from bot.features.redphone.rules import escalating as rules
from bot.features.redphone.rules.policies import SLACK, Level, Policy, Way
from bot.features.redphone.rules.states import EventKind, State, StepState
from bot.features.redphone.service import (
    cards,
    exhausting,
    notices,
    outside,
    reaching,
    targets,
    timeline,
)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of the attempts that were not settled when somebody was on it.

    Those that are `in_flight` were begun, so they may still arrive.
    """

    cancelled: int
    in_flight: int


def begin(uow: UnitOfWork, page: PageRow) -> None:
    """Reaches the first level, in the unit of work that made the page.

    Where a level has nobody who can be paged the next one is reached at once.
    """
    policy = Policy.from_json(page.policy)
    _go_up(uow, page, policy, rules.all_from(policy, 0))


def advance(uow: UnitOfWork, page_id: UUID) -> bool:
    """Goes on with a page if it is open and something is due; returns whether it did."""
    page = queries.page(uow, page_id, lock=True)
    if page is None or page.state != State.OPEN:
        return False
    policy = Policy.from_json(page.policy)
    made = steps.of(uow, page.id, page.position)
    found = _look(uow, page, policy, made)
    if not found.goes_up and not found.seen and page.next_at == found.next_at:
        return False  # another process did it
    reaching.reach(uow, page, found.steps)
    if found.goes_up:
        _go_up(uow, page, policy, rules.left_after(policy, page.position))
    else:
        queries.set(uow, page.id, next_at=found.next_at)
    exhausting.tell_unreached(uow, page)
    notices.redraw(uow, queries.page(uow, page.id) or page)
    # the last thing, as whoever sends something holds its row while it waits for that of the step
    steps.seen_to(uow, _among(made, found.seen))
    if found.goes_up:
        steps.close(uow, page.id, before=page.position)
    return True


def stop(uow: UnitOfWork, page: PageRow) -> Stopped:
    """Takes back everything that waits, since somebody is on it or it is over.

    The card is not an attempt: it shows where the page stands, so it comes all the same.
    """
    open_ = [each for each in steps.of(uow, page.id) if _can_be_taken_back(each)]
    keys = [each.key for each in open_]
    uow.outbox.cancel(keys)
    attempts.cancel(uow, keys)
    taken_back = [each for each in open_ if _was_taken_back(uow, each)]
    steps.cancel(uow, taken_back)
    steps.close(uow, page.id)
    stopped = Stopped(len(taken_back), len(open_) - len(taken_back))
    if stopped.in_flight:
        text = messages.on_their_way(stopped.in_flight)
        timeline.note(uow, page.id, EventKind.REACHED, text=text)
    outside.say_it_is_taken(uow, page)
    return stopped


def resume(uow: UnitOfWork, page: PageRow) -> None:
    """Pages on from the first level: nobody is on it any more. The page is locked."""
    policy = Policy.from_json(page.policy)
    start = rules.start_after(policy, page.position)
    _go_up(uow, page, policy, rules.all_from(policy, start))


def _look(
    uow: UnitOfWork, page: PageRow, policy: Policy, made: Sequence[PageStepRow]
) -> rules.Look:
    level = rules.level_at(policy, page.position)
    usable = _usable(uow, level, sorted({each.user_id for each in made} - {""}))
    is_last = rules.place_of(policy, page.position).is_last_level
    tried = [reaching.tried(each) for each in made]
    return rules.look(level, tried, usable, uow.now, is_last_level=is_last)


def _go_up(uow: UnitOfWork, page: PageRow, policy: Policy, positions: Iterable[int]) -> None:
    """Reaches the next level in which there is anybody; if there is none, everybody was tried."""
    for position in positions:
        queries.set(uow, page.id, position=position)
        page = queries.page(uow, page.id) or page
        people = _people(uow, page, rules.level_at(policy, position))
        if people:
            _begin_level(uow, page, policy, people)
            return
    exhausting.exhaust(uow, page)


def _begin_level(uow: UnitOfWork, page: PageRow, policy: Policy, people: Sequence[str]) -> None:
    level, place = rules.level_at(policy, page.position), rules.place_of(policy, page.position)
    usable = _usable(uow, level, people)
    reaching.reach(uow, page, rules.first_steps(level, people, usable))
    if Way.CHANNEL in level.ways:
        reaching.show_card(uow, page)
    start = rules.start_before(policy, page.position)
    shared = rules.house_wide(level, uow.house.pagers)
    reaching.tell_house(uow, page, outside.untold(uow, page, shared, start))
    queries.set(uow, page.id, next_at=uow.now + timedelta(minutes=level.wait))
    if page.position > start + 1:
        text = messages.stands_at(place, len(policy.levels), policy.rounds)
        timeline.note(uow, page.id, EventKind.ESCALATED, text=text)
        cards.draw(uow, page)


def _people(uow: UnitOfWork, page: PageRow, level: Level) -> list[str]:
    """Those behind the contacts of a level, each once; behind whom nobody is, is noted."""
    found: dict[str, None] = {}
    for contact in level.contacts:
        behind = targets.contacts(uow, contact, page)
        found |= dict.fromkeys(each.user_id for each in behind)
        if not behind:
            exhausting.note_nobody(uow, page, contact)
    return list(found)


def _usable(uow: UnitOfWork, level: Level, people: Sequence[str]) -> rules.Usable:
    return rules.usable(level, uow.house.pagers, addresses.kinds_of(uow, people))


def _among(made: Sequence[PageStepRow], seen: Sequence[rules.Step]) -> list[PageStepRow]:
    wanted = set(seen)
    return [each for each in made if reaching.tried(each).step in wanted]


def _can_be_taken_back(step: PageStepRow) -> bool:
    return step.state == StepState.QUEUED and step.way != Way.CHANNEL


def _was_taken_back(uow: UnitOfWork, step: PageStepRow) -> bool:
    if step.way in SLACK:
        return uow.outbox.was_dropped(step.key)
    attempt = attempts.find(uow.session, uow.team_id, step.key)
    return attempt is not None and attempt.state == QueueState.DROPPED
