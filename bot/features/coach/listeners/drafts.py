"""What people do with drafts before anybody sees them, and with messages that are hard to read."""

from bot.core.blocks import Element
from bot.core.bot import Bot
from bot.core.events import (
    ButtonPressed,
    DraftSent,
    MessageDeleted,
    MessageEdited,
    MessageShortcut,
    SettingChanged,
)
from bot.core.replies import Answer, OpenForm, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.messages import drafts as messages
from bot.features.coach.service import drafts, kindly
from bot.features.coach.service.written import Refused


class Drafting:
    """Entry points that need to know who words drafts and who keeps track of asks."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def review(self, event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        """Somebody wants to have what they wrote to Baton reviewed."""
        try:
            drafts.review_draft(
                uow,
                event.value,
                event.user_id,
                self._bot.asks,
                plainly=self._bot.drafter.is_plain,
            )
        except Refused as refused:
            return Answer(messages.sentence(refused.sentence))
        return None

    def use_as_ask(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to ask with the version in order."""
        try:
            return OpenForm(drafts.composer(uow, event.value, event.user_id, self._bot.asks))
        except Refused as refused:
            return Answer(messages.sentence(refused.sentence))

    def post(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to post the version in order."""
        try:
            return OpenForm(drafts.post_form(uow, event.value, event.user_id, self._bot.asks))
        except Refused as refused:
            return Answer(messages.sentence(refused.sentence))

    def read_kindly(self, event: MessageShortcut, uow: UnitOfWork) -> Reply:
        """Somebody picks "Help me read this kindly" from a message's menu."""
        return OpenForm(kindly.read(uow, event, plainly=self._bot.drafter.is_plain))


def offer_review(place: str) -> Element:
    """A button under what somebody wrote to Baton: review it."""
    return messages.offer(place)


def is_direct(event: MessageEdited | MessageDeleted) -> bool:
    """Whether a message to Baton itself may have changed."""
    return event.channel_id.startswith("D")


def follow_change(event: MessageEdited | MessageDeleted, uow: UnitOfWork) -> None:
    """What somebody wrote to Baton says something else now, or is gone."""
    drafts.follow_change(uow, event.channel_id, event.ts)


def follow_use(event: DraftSent, uow: UnitOfWork) -> None:
    """What somebody wrote to Baton was sent off."""
    drafts.follow_use(uow, event.source, event.user_id)


def leave_alone(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody may want to be left alone."""
    drafts.follow_off(uow, event.scope_id)
