"""What becomes of drafts when the words they rest on change."""

from bot.core.events import MessageDeleted, MessageEdited, SettingChanged
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.service import drafting


def forget_worded(event: MessageEdited | MessageDeleted, uow: UnitOfWork) -> None:
    """What a model worded of a message does not outlive its words."""
    drafting.forget_worded(uow, event.channel_id, event.ts)


def forget_words_of(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody may want to be left alone: nothing that was worded of their talk is kept."""
    drafting.forget_words_of(uow, event.scope_id)
