"""Follows what becomes of attempts; whatever did not arrive has somebody look at its page."""

from bot.core.attempts import Outcome
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import escalating as messages
from bot.features.redphone.queries import steps
from bot.features.redphone.rules.escalating import LANE
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.states import EventKind, StepState
from bot.features.redphone.service import timeline

# The rows of pages are never touched in here: whoever sent something holds its row in the outbox,
# and whoever is on a page holds the page and waits for those rows.


def arrived(uow: UnitOfWork, key: str) -> None:
    """What was queued under `key` arrived."""
    step = steps.of_key(uow, key)
    if step is not None and steps.arrived(uow, key):
        timeline.note(
            uow, step.page_id, EventKind.REACHED, step.user_id, messages.by(Way(step.way))
        )


def slowed(uow: UnitOfWork, key: str) -> None:
    """It takes longer: meanwhile another way is tried."""
    if steps.slowed(uow, key):
        uow.wakes.add(LANE)


def failed(uow: UnitOfWork, key: str) -> None:
    """It did not arrive, and will not."""
    _failed(uow, key, StepState.FAILED, "")


def settled(uow: UnitOfWork, key: str, outcome: Outcome, error: str) -> None:
    """A pager was called."""
    match outcome:
        case Outcome.ACCEPTED:
            arrived(uow, key)
        case Outcome.UNKNOWN:
            _failed(uow, key, StepState.UNKNOWN, error)
        case _:
            _failed(uow, key, StepState.FAILED, error)


def _failed(uow: UnitOfWork, key: str, state: StepState, error: str) -> None:
    step = steps.of_key(uow, key)
    if step is None or not steps.failed(uow, key, state, error):
        return
    text = messages.by(Way(step.way), may_have_arrived=state is StepState.UNKNOWN)
    timeline.note(uow, step.page_id, EventKind.NOT_REACHED, step.user_id, text)
    uow.wakes.add(LANE)
