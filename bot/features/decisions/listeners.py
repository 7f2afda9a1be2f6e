"""The entry points of the decision registry."""

from collections.abc import Sequence

from bot.core.blocks import Block
from bot.core.bot import DigestSection, Reader
from bot.core.events import Command, FormSubmitted, MessageShortcut
from bot.core.people import Person
from bot.core.render import clean, plain
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions import messages, modals, service
from bot.features.decisions.rules import registry


def open_form(event: MessageShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks "Log a decision" from a message's menu."""
    logged = service.already_logged(uow, event)
    if logged is not None:
        return Answer(messages.already_logged(logged))
    if not service.can_be_found(uow, event.user_id, event.channel_id):
        return Answer(messages.invite_me_first())
    draft_id, said = service.start_draft(uow, event)
    return OpenForm(modals.log_form(draft_id, said))


def log_decision(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """Somebody sends the form off."""
    title, text = event.values[modals.TITLE], event.values[modals.TEXT]
    if not clean(title).strip():
        return FieldErrors({modals.TITLE: messages.no_title()})
    decision = service.log(
        uow,
        event.reference,
        event.user_id,
        title=title,
        text=text,
        reason=event.values.get(modals.REASON, ""),
    )
    if decision is None:
        return FieldErrors({modals.TITLE: messages.not_yours()})
    if (decision.title, decision.owner_id) != (title, event.user_id):
        return ShowNext(modals.logged_before(decision))
    if not service.is_member_of(uow, decision.channel_id):
        return ShowNext(modals.logged_elsewhere(decision))
    return None


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision."""
    request = registry.parse(plain(event.text))
    match request.verb:
        case "find":
            found = service.find(uow, event.user_id, request.words)
            return Answer(messages.found(found, request.words))
        case "show":
            number = request.number or 0
            decision = service.show(uow, event.user_id, number)
            return Answer(messages.shown(decision) if decision else messages.unknown(number))
        case "list":
            return Answer(messages.listed(service.newest(uow, event.user_id)))
        case _:
            return Answer(messages.help_text())


def made_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What was decided where the reader may look."""
    made = service.made_since(uow, reader.person.user_id, reader.since)
    if not made.seen and not made.held_back:
        return None
    lines = [messages.line(decision) for decision in made.seen]
    about = frozenset((decision.channel_id, decision.root_ts) for decision in made.seen)
    return DigestSection(messages.MADE, lines, about, made.held_back)


def newest_on_home(uow: UnitOfWork, person: Person) -> Sequence[Block]:
    """The newest decisions somebody may see."""
    return messages.home(service.newest(uow, person.user_id))
