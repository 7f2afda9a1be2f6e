"""The entry points of the red phone."""

from uuid import UUID

from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed, Command, FormSubmitted, MessageNotSent
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import pages as messages
from bot.features.redphone.modals import pages as modals
from bot.features.redphone.rules import pages as rules
from bot.features.redphone.service import pages as service


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /redphone."""
    request = rules.parse(event.text)
    match request.verb:
        case "help":
            return Answer(messages.help_text())
        case _:
            on_call = service.on_call(uow)
            local = on_call.working_time.local(uow.now) if on_call else None
            what = service.readable(uow, request.text)
            criteria = uow.setting(rules.CRITERIA)
            return OpenForm(modals.confirm(what, on_call, local, criteria))


def page(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody confirms a page."""
    paged = service.member(uow, event.values[modals.WHOM])
    if paged is None:
        return FieldErrors({modals.WHOM: messages.cannot_be_paged()})
    if paged.user_id == event.user_id:
        return FieldErrors({modals.WHOM: messages.cannot_page_oneself()})
    what = event.values[modals.WHAT]
    service.page(uow, event.view_id, caller_id=event.user_id, paged=paged, what=what)
    return ShowNext(modals.paged(paged, paged.working_time.local(uow.now)))


def not_sent(event: MessageNotSent, uow: UnitOfWork) -> None:
    """Something that was queued could not be sent."""
    service.not_sent(uow, event.key)


def acknowledge(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The paged person presses the button."""
    if service.acknowledge(uow, UUID(event.value), event.user_id):
        return None
    return Answer(messages.taken_before())


def pages_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """The pages that the reader sent or got."""
    return messages.digest(service.told(uow, reader.person, reader.since))
