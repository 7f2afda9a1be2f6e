"""What a page leads to once it is resolved."""

from bot.core.bot import Bot
from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.ids import known_id
from bot.core.render import clean
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import postmortems as messages
from bot.features.redphone.modals import postmortems as modals
from bot.features.redphone.service import postmortems


class Deciding:
    """Entry points that need to know who keeps decisions."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def decide(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody makes it a decision."""
        page = postmortems.seen(uow, known_id(event.value), event.user_id)
        if page is None:
            return Answer(messages.said(messages.NOT_YOURS))
        draft = postmortems.decision_of(uow, page)
        view = self._bot.registry.composer(uow, event.user_id, draft) if draft else None
        return OpenForm(view) if view else Answer(messages.said(messages.NOWHERE))


def write(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody writes a post-mortem."""
    page = postmortems.seen(uow, known_id(event.value), event.user_id)
    if page is None:
        return Answer(messages.said(messages.NOT_YOURS))
    return OpenForm(modals.write(str(page.id), postmortems.draft_of(uow, page)))


def post(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """It is written."""
    draft = modals.read(event.values)
    if not clean(draft.what).strip():
        return FieldErrors({modals.WHAT: messages.NO_WORDS})
    page = postmortems.seen(uow, known_id(event.reference), event.user_id)
    if page is None:
        return FieldErrors({modals.TITLE: messages.NOT_YOURS})
    where = postmortems.post(uow, page, draft, event.user_id)
    return ShowNext(modals.told(messages.posted_at(where)))
