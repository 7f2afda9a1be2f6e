"""Finding and showing decisions."""

from collections.abc import Sequence
from typing import Final

from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed, Command
from bot.core.people import Person
from bot.core.render import plain
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import (
    cards,
    changes,
    digest,
    histories,
    lists,
    proposals,
    refusals,
)
from bot.features.decisions.rules import command, listing
from bot.features.decisions.rules.registry import STEPS_LISTED
from bot.features.decisions.service import local, registry

_ASKING: Final[Sequence[list[str]]] = ([], ["help"], ["?"])


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision with nothing but a number, or something that is no verb."""
    if command.begins_with_number(event.text):
        return show(event, uow)
    typed = plain(event.text).split()
    return Answer(lists.no_verb(typed[0]) if typed[:1] not in _ASKING else lists.help_text())


def show(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision show D-17."""
    number = command.number_in(event.text)
    if number is None:
        return Answer(changes.said(refusals.which_one(event.verb)))
    return _shown(uow, event.user_id, number)


def list_some(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision list, with or without what narrows it."""
    wanted, unread = listing.read(event.text, event.user_id)
    if unread is not None:
        return Answer(lists.not_understood(plain(unread)))
    found, following = registry.page(uow, event.user_id, wanted)
    if not found.seen and not found.held_back:
        for tag in wanted.tags:
            if not registry.has_tag(uow, event.user_id, tag):
                return Answer(lists.not_understood(tag))
    return Answer(lists.listed(found, wanted, following))


def more(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants the next page of a list."""
    wanted = listing.unwritten(event.value)
    found, following = registry.page(uow, event.user_id, wanted)
    return Answer(lists.listed(found, wanted, following))


def history(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to know what happened to a decision before."""
    number, _, before = event.value.partition("|")
    oldest = int(before) if before else None
    found = registry.history(uow, event.user_id, int(number), before=oldest, limit=STEPS_LISTED)
    if found is None:
        return Answer(lists.unknown(int(number)))
    decision, steps = found
    return Answer(histories.listed(decision, steps, local.now(uow, event.user_id)))


def made_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What was decided in the reader's channels."""
    return digest.made(registry.made_since(uow, reader.person.user_id, reader.since))


def board(uow: UnitOfWork, person: Person) -> list[BoardSection]:
    """What somebody has to look at again, and what was decided lately where they may look."""
    made, since = registry.made_lately(uow, person)
    return [lists.due_on_board(registry.to_review(uow, person)), lists.on_board(made, since)]


def _shown(uow: UnitOfWork, reader_id: str, number: int) -> Reply:
    details = registry.show(uow, reader_id, number)
    if details is None:
        return Answer(lists.unknown(number))
    return Answer(cards.shown(details) if details.proposal is None else proposals.shown(details))
