"""Finding and showing decisions."""

from collections.abc import Sequence

from bot.core.blocks import Block
from bot.core.bot import DigestSection, Reader
from bot.core.events import Command
from bot.core.people import Person
from bot.core.render import plain
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import cards, lists
from bot.features.decisions.rules import command
from bot.features.decisions.service import registry


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision."""
    request = command.parse(plain(event.text))
    match request.verb:
        case "show":
            number = request.number or 0
            decision = registry.show(uow, event.user_id, number)
            return Answer(cards.shown(decision) if decision else lists.unknown(number))
        case "list":
            return Answer(lists.listed(registry.newest(uow, event.user_id)))
        case _:
            return Answer(lists.help_text())


def made_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What was decided where the reader may look."""
    made = registry.made_since(uow, reader.person.user_id, reader.since)
    if not made.seen and not made.held_back:
        return None
    lines = [cards.line(decision) for decision in made.seen]
    about = frozenset((each.place.channel_id, each.place.root_ts) for each in made.seen)
    return DigestSection(lists.MADE, lines, about, made.held_back)


def newest_on_home(uow: UnitOfWork, person: Person) -> Sequence[Block]:
    """The newest decisions somebody may see."""
    return lists.home(registry.newest(uow, person.user_id))
