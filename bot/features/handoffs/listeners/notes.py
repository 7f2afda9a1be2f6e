"""The end of a day: its offer and its forms."""

from bot.core import people
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.people import Person
from bot.core.replies import Answer, OpenForm, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.rules.notes import Writing
from bot.features.handoffs.service import fuller, notes, pages


class Notes:
    """Entry points that need to know what features tell of a day, and who keeps track of asks."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def open_today(self, uow: UnitOfWork, person: Person, here: str) -> Reply:
        """The hand-off of somebody's day; `here` is the conversation in which they asked for it."""
        note = notes.of_today(uow, person)
        sources, plainly = self._bot.day_sources, self._bot.drafter.is_plain
        return OpenForm(fuller.open_day(uow, sources, note, person, here, plainly=plainly))

    def write(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody presses "Write it"."""
        note = notes.own(uow, event.value, event.user_id)
        person = people.find(uow.session, uow.team_id, event.user_id)
        if note is None or person is None:
            return Answer(messages.no_longer_open())
        if note.state == Writing.SENT:
            return Answer(messages.sent_already())
        sources, plainly = self._bot.day_sources, self._bot.drafter.is_plain
        return OpenForm(fuller.open_day(uow, sources, note, person, plainly=plainly))

    def write_day(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The first page is sent."""
        return pages.day(uow, self._bot.asks, event)

    def write_items(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """A page of questions about single items is sent."""
        return pages.items(uow, self._bot.asks, event)

    def hand_over_one(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The form about one thing is sent."""
        return pages.one(uow, self._bot.asks, event)


def say_nothing(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Nothing to hand over."""
    return Replace(notes.say_nothing(uow, event.value, event.user_id))


def undo_nothing(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """There is something after all."""
    return Replace(notes.take_back(uow, event.value, event.user_id))
