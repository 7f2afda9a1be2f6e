"""What people type, pick and press who want to page somebody."""

from bot.core.bot import Bot
from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed, Command, FormSubmitted, MessageShortcut
from bot.core.ids import known_id, new_id
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import command as messages
from bot.features.redphone.messages import progress, told
from bot.features.redphone.modals import pages as modals
from bot.features.redphone.rules import pages as rules
from bot.features.redphone.rules.pages import Filled, Origin
from bot.features.redphone.rules.targets import PERSON
from bot.features.redphone.service import asking, pages
from bot.features.redphone.service import command as service
from bot.features.redphone.service import told as reading


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /redphone, and perhaps what is happening."""
    if rules.is_call_for_help(event.text):
        return Answer(messages.help_text())
    origin = Origin(str(new_id()), event.channel_id)
    what = service.readable(uow, event.text)
    return OpenForm(service.fresh(uow, event.user_id, origin, what))


def open_on_message(event: MessageShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks the red phone from the menu of a message."""
    place = (event.channel_id, event.message_ts)
    origin = Origin(str(new_id()), event.channel_id, *place)
    author_id, channel_id = event.message_user_id, event.channel_id
    if service.may_quote(uow, event.user_id, author_id, channel_id):
        what = service.readable(uow, event.text)
        return OpenForm(service.fresh(uow, event.user_id, origin, what))
    note = [messages.own_words()]
    return OpenForm(service.fresh(uow, event.user_id, origin, "", on_top=note))


def choose(event: ButtonPressed, uow: UnitOfWork) -> None:
    """Somebody picks whom to page: the form says what time it is for them."""
    service.redraw(uow, event.user_id, _filled(event))


def submit(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody sends the form off."""
    return _submit(event, uow, is_second=False)


def submit_anyway(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody sends it off although it wakes somebody."""
    return _submit(event, uow, is_second=True)


def call_off(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Whoever paged says that it is over."""
    page_id = known_id(event.value)
    refusal = pages.call_off(uow, page_id, event.user_id) if page_id else progress.OVER_ALREADY
    return Answer(progress.said(refusal)) if refusal else None


def in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """The pages that the reader sent, got or joined."""
    return told.digest(reading.since(uow, reader.person, reader.since))


class Asking:
    """What is no emergency after all becomes an ask."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def ask(self, event: ButtonPressed, uow: UnitOfWork) -> None:
        """Somebody presses the button in the form that makes it an ask."""
        asking.instead(uow, self._bot.asks, event.user_id, _filled(event))


def _submit(event: FormSubmitted, uow: UnitOfWork, *, is_second: bool) -> Reply:
    filled = _filled(event)
    found = service.submit(uow, event.user_id, filled, is_second=is_second)
    if not isinstance(found, service.Wrong):
        return ShowNext(found)
    if found.sentences.keys() <= event.values.keys():
        return FieldErrors(found.sentences)
    return ShowNext(service.with_missing(uow, event.user_id, filled, found))


def _filled(event: FormSubmitted | ButtonPressed) -> Filled:
    given = event.values
    return Filled(
        Origin.from_text(event.reference),
        kind=given.get(modals.KIND, ""),
        what=given.get(modals.WHAT, ""),
        impact=given.get(modals.IMPACT, ""),
        whom=given.get(modals.WHOM) or PERSON,
        person_id=given.get(modals.PERSON_FIELD, ""),
    )
