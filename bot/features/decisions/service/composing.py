"""The registry, as other features know it."""

from bot.core.ports import NewDecision
from bot.core.render import shorten
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.rules.filled import Filled, fitting
from bot.features.decisions.rules.registry import TITLE_LENGTH, Fields, Place
from bot.features.decisions.service import capture


class Composing:
    """See `ports.Registry`."""

    def composer(self, uow: UnitOfWork, user_id: str, draft: NewDecision) -> View | None:
        """The form that logs a decision, with a draft in it; None: they cannot log it there."""
        place = Place(draft.channel_id, draft.root_ts, draft.root_ts)
        fields = Fields(
            title=shorten(draft.title, TITLE_LENGTH),
            text=fitting(draft.text),
            context=fitting(draft.context),
            owner_id=user_id,
        )
        return capture.form_with(uow, user_id, place, Filled(fields))
