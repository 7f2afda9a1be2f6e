"""What people answer when they are asked about a page."""

from dataclasses import replace

from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed
from bot.core.ids import known_id
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import reviews as messages
from bot.features.redphone.messages.acknowledging import said
from bot.features.redphone.service import reviews as service


def answer(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Somebody says whether it was an emergency; the question itself shows what they said."""
    page_id, was_emergency = known_id(event.value), event.action_id == messages.WAS
    if not service.answer(uow, page_id, event.user_id, was_emergency=was_emergency):
        return Answer(said(messages.NOT_ASKED))
    if service.shows(uow, page_id, event.user_id):
        return None
    return Answer(messages.noted(was_emergency))


def choose(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The same, beside a line of a digest."""
    name, _, page_id = event.value.partition("|")
    return answer(replace(event, action_id=name, value=page_id), uow)


def in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What the reader could not be asked before."""
    return messages.in_digest(service.unasked(uow, reader.person, reader.since))


def tightened_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """That the reader may page less often, if that is new and could not be told at once."""
    share = service.tightened_since(uow, reader.person.user_id, reader.since)
    return messages.tightened_in_digest(share, uow.workspace.profile) if share else None
