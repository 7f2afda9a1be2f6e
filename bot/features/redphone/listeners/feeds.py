"""What people press about the calendars of rotations."""

from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.ids import known_id
from bot.core.render import mrkdwn
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.listeners.rotations import member
from bot.features.redphone.messages import feeds as messages
from bot.features.redphone.messages import rotations as rotation_words
from bot.features.redphone.modals import rotations as modals
from bot.features.redphone.rules import feeds as rules
from bot.features.redphone.service import feeds


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to give a rotation a calendar."""
    rotation_id = known_id(event.value)
    if rotation_id is None or member(uow, event.user_id) is None:
        return Answer(rotation_words.said(rotation_words.GONE))
    if not uow.house.keyring:
        return Answer(rotation_words.said(messages.NO_KEYS))
    return OpenForm(modals.calendar(event.value, feeds.host(uow, rotation_id)))


def submit(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """An address is filled in, or none."""
    typed = event.values.get(modals.ADDRESS, "").strip()
    url, rotation_id = rules.address(typed), known_id(event.reference)
    if typed and not url:
        return FieldErrors({modals.ADDRESS: messages.NOT_AN_ADDRESS})
    if typed and not uow.house.keyring:
        return FieldErrors({modals.ADDRESS: messages.NO_KEYS})
    if rotation_id is None or member(uow, event.user_id) is None:
        return FieldErrors({modals.ADDRESS: rotation_words.GONE})
    if not feeds.give(uow, rotation_id, url, by=event.user_id):
        return FieldErrors({modals.ADDRESS: rotation_words.GONE})
    text = messages.given(rules.host_of(url)) if url else messages.ended()
    return ShowNext(modals.told("Calendar", mrkdwn("{text}", text=text)))
