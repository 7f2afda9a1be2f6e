"""Logging a decision."""

from typing import Final

from bot.core.bot import Bot
from bot.core.events import (
    ButtonPressed,
    Command,
    FormSubmitted,
    MessageDeleted,
    MessageSent,
    MessageShortcut,
    SettingChanged,
)
from bot.core.render import plain, shorten
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.messages import capture as messages
from bot.features.decisions.modals import capture as modals
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules import permalinks
from bot.features.decisions.rules.registry import TITLE_LENGTH, Place
from bot.features.decisions.service import (
    capture,
    conflicts,
    drafting,
    keeping,
    local,
    placing,
    sources,
    spoken,
)
from bot.features.decisions.service.spoken import Picked

_DIRECT: Final = "D"
"""How the ids of conversations of two people begin."""


class Capturing:
    """Entry points that need to know who words drafts."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def pick(self, event: MessageShortcut, uow: UnitOfWork) -> Reply:
        """Somebody picks "Log a decision" from a message's menu."""
        root_ts = event.thread_ts or event.message_ts
        place = Place(event.channel_id, event.message_ts, root_ts)
        picked = Picked(place, event.message_user_id or "", event.text)
        return self._open(uow, event.user_id, picked)

    def type(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types `/decision log`, with a link to a message, with words, both, or bare."""
        typed = event.text.strip()
        address = permalinks.first_in(typed)
        if address is None or address.site != uow.workspace.url:
            if permalinks.is_link(typed):
                return Answer(messages.no_link())
            if event.channel_id.startswith(_DIRECT):
                return Answer(messages.only_in_channels())
            title = shorten(plain(typed), TITLE_LENGTH)
            return self._open(uow, event.user_id, Picked(Place(event.channel_id)), title=title)
        place = spoken.with_root(uow, Place(address.channel_id, address.ts, address.root_ts))
        is_open = may_see(uow, event.user_id, place.channel_id)
        if not is_open or not spoken.stored(uow, place):
            return Answer(messages.no_such_message())
        title = shorten(permalinks.words_beside(plain(typed)), TITLE_LENGTH)
        return self._open(uow, event.user_id, Picked(place), title=title)

    def _open(
        self, uow: UnitOfWork, user_id: str, picked: Picked, *, title: str = ""
    ) -> Answer | OpenForm:
        plainly = self._bot.drafter.is_plain
        return capture.open_form(uow, user_id, picked, title=title, plainly=plainly)


def log_decision(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """Somebody sends the form off."""
    mistakes = field_blocks.mistakes(event, local.today(uow, event.user_id))
    if mistakes:
        return FieldErrors(mistakes)
    fields = field_blocks.read(event)
    reference = conflicts.reference_of(event)
    again = conflicts.shown_first(uow, event, fields, modals.log_again(reference, fields))
    if again is not None:
        return ShowNext(again)
    logged = capture.log(uow, reference, event.user_id, fields)
    if logged is None:
        return FieldErrors({field_blocks.TITLE: messages.not_yours()})
    if not logged.is_own:
        return ShowNext(modals.logged_before(logged.decision, fields))
    if not capture.is_member_of(uow, logged.decision.place.channel_id):
        return ShowNext(modals.logged_elsewhere(logged.decision))
    return None


def use_draft(event: ButtonPressed, uow: UnitOfWork) -> None:
    """Somebody wants what a model found in the fields of the form."""
    drafting.use(uow, event.value, event.user_id)


def place(event: MessageSent, uow: UnitOfWork) -> None:
    """A message of ours is out."""
    placing.place(uow, event)


def follow_deletion(event: MessageDeleted, uow: UnitOfWork) -> None:
    """Somebody deleted a message that a decision may rest on."""
    sources.follow_deletion(uow, event)


def leave_alone(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody may want to be left alone."""
    keeping.follow_off(uow, event.scope_id)
