"""What people type behind /handoff."""

from bot.core import people
from bot.core.blocks import Message
from bot.core.events import Command
from bot.core.people import Person
from bot.core.replies import Answer, OpenForm, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.listeners.notes import Notes
from bot.features.handoffs.messages import command as messages
from bot.features.handoffs.messages import lists as list_words
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.rules.command import Wish, parse
from bot.features.handoffs.service import lists, writing


class Typed:
    """The command, which opens the forms of hand-offs."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /handoff."""
        wish = parse(event.text)
        person = people.find(uow.session, uow.team_id, event.user_id)
        match wish.verb:
            case "write" if person is not None:
                return self._notes.open_today(uow, person, event.channel_id)
            case "one" if person is not None:
                return self._one(uow, event.channel_id, person, wish)
            case "list":
                return Answer(_listed(uow, event.user_id))
            case "help":
                return Answer(messages.help_text())
            case _:
                return Answer(messages.unclear())

    def _one(self, uow: UnitOfWork, here: str, person: Person, wish: Wish) -> Reply:
        refusal = writing.cannot_take(uow, person, wish.user_id)
        if refusal:
            return Answer(refusals.said(refusal))
        words = people.readable(uow.session, uow.team_id, wish.text)
        return OpenForm(writing.open_one(uow, person, wish.user_id, words, here))


def _listed(uow: UnitOfWork, user_id: str) -> Message:
    held, sent = lists.with_person(uow, user_id), lists.from_person(uow, user_id)
    return list_words.both(held, sent, user_id)
