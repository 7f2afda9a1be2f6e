"""What somebody types or presses about their digest."""

from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command
from bot.core.people import Person
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.digest.messages import command as messages
from bot.features.digest.rules.command import Question, SetTo, named, read
from bot.features.digest.service import mornings, settings
from bot.features.digest.service.composing import compose


class Digest:
    """Entry points that need the sections of all features, or tell the house what changed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /digest."""
        person = mornings.enrolled(uow, event.user_id)
        if person is None:
            return Answer(messages.not_enrolled())
        try:
            wanted = read(event.text)
        except Unreadable as unreadable:
            return Answer(messages.unreadable(unreadable.sentence))
        match wanted:
            case SetTo():
                return self._set(uow, person, wanted)
            case Question.NOW:
                return self._show(uow, person)
            case Question.HELP:
                return Answer(messages.explained(settings.shown(uow, person)))
            case Question.WHEN:
                return Answer(messages.told(settings.shown(uow, person)))

    def show(self, event: ButtonPressed, uow: UnitOfWork) -> Answer:
        """Somebody wants to see it at once."""
        person = mornings.enrolled(uow, event.user_id)
        return self._show(uow, person) if person else Answer(messages.not_enrolled())

    def change(self, event: ButtonPressed, uow: UnitOfWork) -> Answer:
        """Somebody changes when it comes, or takes that back."""
        person, wanted = mornings.enrolled(uow, event.user_id), named(event.value)
        if person is None:
            return Answer(messages.not_enrolled())
        return self._set(uow, person, wanted) if wanted else Answer(messages.gone())

    def _show(self, uow: UnitOfWork, person: Person) -> Answer:
        reader = mornings.reader_of(uow, person)
        beginning = mornings.beginning_of(uow, reader)
        composed = compose(uow, reader, self._bot.digest_sources, beginning=beginning)
        if composed is None:
            since = person.moment(reader.since)
            return Answer(messages.nothing_new(since, beginning))
        return Answer(composed.message)

    def _set(self, uow: UnitOfWork, person: Person, wanted: SetTo) -> Answer:
        undo = settings.change(self._bot, uow, person.user_id, wanted)
        shown = settings.shown(uow, person)
        return Answer(messages.changed(shown, undo) if undo else messages.as_it_was(shown))
