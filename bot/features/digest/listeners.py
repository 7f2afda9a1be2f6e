"""The entry points of the digest."""

from bot.core.agreement.setting import Layer
from bot.core.bot import Bot
from bot.core.events import (
    Command,
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessageHeldBack,
    PersonEnrolled,
    SettingChanged,
    ZoneChanged,
)
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest import messages, rules, service


class Digest:
    """Entry points that need the sections of all features."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /digest."""
        person = service.enrolled(uow, event.user_id)
        if person is None:
            return Answer(messages.not_enrolled())
        if event.text.lower() == "now":
            reader = service.reader_of(uow, person)
            digest = service.compose(uow, reader, self._bot.digest_sources)
            return Answer(digest or messages.nothing_new())
        if not service.wants(uow, person.user_id):
            return Answer(messages.is_off())
        return Answer(messages.scheduled(service.next_at(uow, person)))

    def make_again(self, event: MessageHeldBack, uow: UnitOfWork) -> None:
        """A digest told of what its reader may not see any more when it was to be sent."""
        service.make_again(uow, event.key, self._bot.digest_sources)


def schedule(event: PersonEnrolled, uow: UnitOfWork) -> None:
    """Somebody is enrolled."""
    service.schedule(uow, event.user_id)


def reschedule(event: ZoneChanged | LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is in another zone now, or away on other days."""
    service.reschedule(uow, event.user_id)


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """Hours, holidays or the digest's own hour changed, for somebody or everybody."""
    if event.layer == Layer.PERSON:
        service.reschedule(uow, event.scope_id)
    else:
        service.reschedule_all(uow)


def forget_worded(event: MessageEdited | MessageDeleted, uow: UnitOfWork) -> None:
    """What a model worded of a message does not outlive its words."""
    service.forget_worded(uow, event.channel_id, event.ts)


def forget_words_of(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody may want to be left alone: nothing that was worded of their talk is kept."""
    service.forget_words_of(uow, event.scope_id)


def is_of_digest(event: MessageHeldBack) -> bool:
    """Whether a digest was held back, and not one that was made again already."""
    return rules.day_of_key(event.key) is not None
