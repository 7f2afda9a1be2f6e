"""What people type and press about swaps, and behind /redphone oncall and schedule."""

from dataclasses import replace
from uuid import UUID

from bot.core import people
from bot.core.blocks import Message
from bot.core.bot import Listener
from bot.core.events import ButtonPressed, Command, FormSubmitted
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.redphone.listeners import rotations
from bot.features.redphone.messages import overrides as messages
from bot.features.redphone.messages import rotations as rotation_words
from bot.features.redphone.modals import rotations as modals
from bot.features.redphone.rules import schedules as rules
from bot.features.redphone.rules.schedules import Wish
from bot.features.redphone.service import changing, overrides, schedules
from bot.features.redphone.service.overrides import Swapped


class Typed:
    """The two commands; what is neither is what is happening, and goes to `page`."""

    def __init__(self, page: Listener[Command]) -> None:
        self._page = page

    def schedule(self, event: Command, uow: UnitOfWork) -> Reply | None:
        """Somebody types /redphone schedule."""
        wish = rules.parse_schedule(event.text)
        match wish.verb:
            case "show":
                return rotations.show(uow, event.user_id)
            case "swap":
                return _swap(uow, event.user_id, wish)
            case "swap_form":
                return _form(uow, event.user_id, whom=wish.user_id)
            case _:
                return self._happening(event, uow)

    def on_call(self, event: Command, uow: UnitOfWork) -> Reply | None:
        """Somebody types /redphone oncall."""
        wish, person = rules.parse_on_call(event.text), rotations.member(uow, event.user_id)
        if wish.verb == "page":
            return self._happening(event, uow)
        if person is None:
            return Answer(rotation_words.said(rotation_words.NO_MEMBER))
        if wish.verb == "show":
            return Answer(rotation_words.who(schedules.shown(uow, person)))
        if wish.verb == "unclear":
            words = people.readable(uow.session, uow.team_id, event.text)
            return Answer(rotation_words.unclear_who(words))
        picked = rotations.member(uow, wish.user_id)
        done = changing.put_on_call(uow, picked, by=event.user_id) if picked else None
        if done is None:
            return Answer(rotation_words.cannot_be_on_call(wish.user_id))
        return Answer(rotation_words.is_on_call_now(wish.user_id, done.untold, done.before))

    def _happening(self, event: Command, uow: UnitOfWork) -> Reply | None:
        return self._page(replace(event, text=f"{event.verb} {event.text}", verb=""), uow)


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to swap."""
    return _form(uow, event.user_id, initial=event.value)


def submit(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Who takes over and when is filled in."""
    person, values = rotations.member(uow, event.user_id), event.values
    rotation_id = known_id(event.reference or values.get(modals.ROTATION, ""))
    if person is None or rotation_id is None:
        return FieldErrors({modals.WHO: rotation_words.NO_MEMBER})
    since, until = values.get(modals.SINCE, ""), values.get(modals.UNTIL, "")
    wish = Wish("swap", values.get(modals.WHO, ""), since, until)
    try:
        done = overrides.swap(uow, person, rotation_id, wish)
    except Unreadable as unreadable:
        field = modals.WHO if unreadable.sentence == messages.NOT_A_MEMBER else modals.UNTIL
        return FieldErrors({field: unreadable.sentence})
    if done is None:
        return FieldErrors({modals.WHO: rotation_words.GONE})
    return ShowNext(modals.told("Swap", _told(done, person).text))


def take_back(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """A swap does not hold any more."""
    override_id, person = known_id(event.value), rotations.member(uow, event.user_id)
    untold = (
        overrides.take_back(uow, override_id, by=event.user_id) if override_id and person else None
    )
    if untold is None:
        return Answer(rotation_words.said(messages.OVER))
    return Answer(messages.is_taken_back(untold))


def _swap(uow: UnitOfWork, user_id: str, wish: Wish) -> Reply:
    person, rotation_id = rotations.member(uow, user_id), overrides.likely(uow, user_id)
    if person is None:
        return Answer(rotation_words.said(rotation_words.NO_MEMBER))
    if rotation_id is None:
        return _form(uow, user_id, whom=wish.user_id)
    try:
        done = overrides.swap(uow, person, rotation_id, wish)
    except Unreadable as unreadable:
        return Answer(rotation_words.said(unreadable.sentence))
    return Answer(_told(done, person) if done else rotation_words.said(rotation_words.GONE))


def _form(uow: UnitOfWork, user_id: str, *, initial: str = "", whom: str = "") -> Reply:
    person = rotations.member(uow, user_id)
    found = schedules.names(uow) if person else {}
    if not found:
        return Answer(rotation_words.said(messages.NO_ROTATION))
    likely = overrides.likely(uow, user_id)
    return OpenForm(modals.swap(found, initial or _text(likely), whom))


def _told(done: Swapped, person: Person) -> Message:
    return messages.swapped(done.swap, done.name, person.locale, done.untold)


def _text(rotation_id: UUID | None) -> str:
    return str(rotation_id) if rotation_id else ""
