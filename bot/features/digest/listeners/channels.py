"""Who asks when a channel's digest comes, and who changes it."""

from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command, SettingChanged
from bot.core.replies import Answer, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.digest.messages import channel as messages
from bot.features.digest.rules import channels as rules
from bot.features.digest.rules.channels import Rhythm
from bot.features.digest.rules.command import Question
from bot.features.digest.service import channels
from bot.features.digest.service.channels import Here


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """A channel's digest comes at other times."""
    channels.follow(uow, event.scope_id)


class ChannelDigest:
    """Entry points that tell the house what changed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /digest channel."""
        here = channels.find(uow, event.channel_id, event.user_id)
        if here is None:
            return Answer(messages.not_here())
        question = rules.question_in(event.text)
        if question is not None:
            return Answer(self._answer(uow, here, question))
        if not here.may_change:
            return Answer(messages.not_allowed())
        holds = channels.rhythm_of(uow, event.channel_id)
        try:
            wanted = rules.read_typed(event.text, holds, here.zone)
        except Unreadable as unreadable:
            return Answer(messages.unreadable(unreadable.sentence))
        return Answer(self._change(uow, here, wanted, by=event.user_id))

    def choose(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Every weekday, once a week, or not at all."""
        channel_id, _, typed = event.value.partition("|")
        here = channels.find(uow, channel_id, event.user_id)
        if here is None:
            return Answer(messages.not_here())
        if not here.may_change:
            return Answer(messages.not_allowed())
        wanted = rules.read_typed(typed, channels.rhythm_of(uow, channel_id), here.zone)
        return Replace(self._change(uow, here, wanted, by=event.user_id))

    def undo(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody takes back what they just changed."""
        channel_id, version, before = event.value.split("|", maxsplit=2)
        here = channels.find(uow, channel_id, event.user_id)
        if here is None:
            return Answer(messages.not_here())
        if not here.may_change:
            return Answer(messages.not_allowed())
        if channels.version(uow, channel_id) != int(version):
            return Replace(messages.changed_meanwhile(channels.standing(uow, here)))
        self._set(uow, here, rules.unwritten(before), by=event.user_id)
        return Replace(messages.undone(channels.standing(uow, here)))

    def _answer(self, uow: UnitOfWork, here: Here, question: Question) -> Message:
        match question:
            case Question.NOW:
                sources = self._bot.digest_sources
                composed = channels.composed_now(uow, here.channel, sources, here.zone)
                return composed or messages.nothing_now(here.channel.channel_id)
            case Question.HELP:
                return messages.explained(channels.standing(uow, here))
            case Question.WHEN:
                return messages.told(channels.standing(uow, here))

    def _change(self, uow: UnitOfWork, here: Here, wanted: Rhythm, *, by: str) -> Message:
        channel_id = here.channel.channel_id
        before = channels.rhythm_of(uow, channel_id)
        if wanted == before:
            return messages.as_it_was(channels.standing(uow, here))
        self._set(uow, here, wanted, by=by)
        told = channels.standing(uow, here)
        return messages.changed(told, before, channels.version(uow, channel_id))

    def _set(self, uow: UnitOfWork, here: Here, wanted: Rhythm, *, by: str) -> None:
        changes = channels.changes_to(here.channel.channel_id, wanted)
        self._bot.change_settings(uow, changes, by=by)
