"""The entry points of availability."""

from contextlib import suppress
from datetime import date

from bot.core.attention import FOCUS
from bot.core.boards import BoardSection
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command
from bot.core.people import Person
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.availability import messages, rules, service


class Availability:
    """Entry points that tell the house what changed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def go_away(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /baton away."""
        person = service.find(uow, event.user_id)
        if person is None:
            return Answer(messages.unknown_person())
        if not event.text:
            return Answer(messages.told_leaves(service.upcoming(uow, person)))
        try:
            told = rules.read_leave(event.text, service.today(uow, person))
        except Unreadable as unreadable:
            return Answer(messages.unreadable(unreadable.sentence))
        return Answer(messages.away(service.go_away(self._bot, uow, person, told)))

    def come_back(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /baton back."""
        person = service.find(uow, event.user_id)
        if person is None:
            return Answer(messages.unknown_person())
        is_back = service.come_back(self._bot, uow, person)
        if service.says_away(uow, person):
            return Answer(messages.status_says_away())
        if is_back:
            return Answer(messages.back())
        return Answer(messages.not_away(service.upcoming(uow, person)))

    def set_focus(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /baton focus."""
        person = service.find(uow, event.user_id)
        if person is None:
            return Answer(messages.unknown_person())
        if event.text:
            try:
                week = FOCUS.kind.read(event.text)
            except Unreadable as unreadable:
                return Answer(messages.unreadable(unreadable.sentence))
            service.set_focus(self._bot, uow, person, week)
        return Answer(messages.focus(service.focus_of(uow, person)))

    def cancel(self, event: ButtonPressed, uow: UnitOfWork) -> Answer:
        """Somebody takes a leave back."""
        person, cancelled = service.find(uow, event.user_id), None
        with suppress(ValueError):
            first_day = date.fromisoformat(event.value)
            cancelled = person and service.cancel(self._bot, uow, person, first_day)
        return Answer(messages.cancelled(cancelled) if cancelled else messages.not_told())


def board(uow: UnitOfWork, person: Person) -> BoardSection:
    """When somebody works, on their board."""
    return messages.on_board(service.shown(uow, person))
