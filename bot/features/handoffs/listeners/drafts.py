"""The button that adds a model's draft to the form of a day."""

from bot.core.events import ButtonPressed
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.service import fuller


def use(event: ButtonPressed, uow: UnitOfWork) -> None:
    """Add it."""
    fuller.use(uow, event.value, event.user_id)
