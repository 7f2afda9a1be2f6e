"""What other apps post."""

from typing import Final

from bot.core.events import AppPosted, ChannelKind, MessageDeleted, SettingChanged
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.service import apps

IN_CHANNELS: Final = frozenset({ChannelKind.PUBLIC, ChannelKind.PRIVATE})


def is_in_channel(event: AppPosted) -> bool:
    """Whether it stands where a digest looks."""
    return event.kind in IN_CHANNELS


def keep(event: AppPosted, uow: UnitOfWork) -> None:
    """An app posted, or changed what it posted."""
    apps.note(uow, event)


def forget(event: MessageDeleted, uow: UnitOfWork) -> None:
    """A message was deleted, perhaps an app's."""
    apps.forget(uow, event.channel_id, event.ts)


def forget_words_of(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody may want to be left alone: nothing that apps posted for them is kept."""
    apps.forget_words_of(uow, event.scope_id)
