"""Where the cards of pages stand."""

from bot.core.agreement.changing import Change
from bot.core.agreement.setting import WORKSPACE
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command
from bot.core.replies import Answer, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.redphone.messages import cards as messages
from bot.features.redphone.rules import cards as rules
from bot.features.redphone.service import cards


class Placing:
    """Entry points that change the working agreement."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /redphone channel."""
        before = uow.setting(rules.CHANNEL)
        if not event.text.strip():
            return Answer(messages.standing_at(before))
        if not cards.may_place(uow, event.user_id):
            return Answer(messages.not_allowed())
        try:
            name = cards.named(uow, event.text)
        except Unreadable as unreadable:
            return Answer(messages.unreadable(unreadable.sentence))
        if name and not cards.can_stand(uow, name, event.user_id):
            return Answer(messages.no_such_channel(name))
        self._set(uow, name, by=event.user_id)
        return Answer(messages.changed(name, before))

    def undo(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody takes that back."""
        if not cards.may_place(uow, event.user_id):
            return Answer(messages.not_allowed())
        before = rules.CHANNEL.kind.read(event.value)
        self._set(uow, before, by=event.user_id)
        return Replace(messages.undone(before))

    def _set(self, uow: UnitOfWork, name: str, *, by: str) -> None:
        change = Change(rules.CHANNEL, WORKSPACE, after=rules.CHANNEL.kind.plain(name))
        self._bot.change_settings(uow, [change], by=by)
