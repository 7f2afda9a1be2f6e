"""What people type and press about their own addresses."""

from datetime import datetime

from bot.core.attempts import Outcome
from bot.core.events import AttemptSettled, ButtonPressed, Command, FormSubmitted
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import addresses as messages
from bot.features.redphone.modals import addresses as modals
from bot.features.redphone.rules.addresses import Shown, Verdict
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.service import addresses as service
from bot.features.redphone.service import targets


def contact(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /redphone contact."""
    if targets.member(uow, event.user_id) is None:
        return Answer(messages.said(messages.MEMBERS_ONLY))
    if not service.is_set_up(uow):
        return Answer(messages.said(messages.NOT_SET_UP))
    note = service.note(uow, event.user_id)
    return Answer(messages.contact(service.shown(uow, event.user_id), note))


def enter(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to add an address, or another one."""
    one = _one(uow, event.user_id, event.value)
    if one is None:
        return Replace(messages.said(messages.NOT_SET_UP))
    return OpenForm(modals.enter(one.kind, one.ways))


def entered(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody typed an address."""
    one = _one(uow, event.user_id, event.reference)
    if one is None:
        return ShowNext(modals.told(messages.NOT_SET_UP))
    way = Way(event.values.get(modals.WAY) or one.ways[0])
    try:
        wrong = service.enter(uow, event.user_id, one.kind, event.values[modals.ADDRESS], way)
    except service.NotYet as found:
        return FieldErrors({modals.ADDRESS: _not_yet(uow, event.user_id, found.at)})
    if wrong is not None:
        return FieldErrors({modals.ADDRESS: messages.WRONG[wrong]})
    return ShowNext(modals.type_code(one.kind, _wanted(uow, event.user_id, one.kind)))


def type_code(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody has a code."""
    wanted = _wanted(uow, event.user_id, event.value)
    if not wanted:
        return _redrawn(uow, event.user_id, messages.NOTHING_WAITS)
    return OpenForm(modals.type_code(event.value, wanted))


def confirm(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody typed a code."""
    kind = event.reference
    verdict, left = service.confirm(uow, event.user_id, kind, event.values[modals.CODE])
    if verdict is Verdict.RIGHT:
        one = _one(uow, event.user_id, kind)
        return ShowNext(modals.told(messages.is_confirmed(one.address if one else "")))
    if verdict is Verdict.NOTHING:
        return ShowNext(modals.told(messages.NOTHING_WAITS))
    sentence = messages.wrong_code(left) if verdict is Verdict.WRONG else messages.CODE_IS_OVER
    return FieldErrors({modals.CODE: sentence})


def send_again(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants another code."""
    kind, _, way = event.value.partition(":")
    try:
        is_sent = service.send_again(uow, event.user_id, kind, Way(way))
    except service.NotYet as found:
        return _redrawn(uow, event.user_id, _not_yet(uow, event.user_id, found.at))
    address = _wanted(uow, event.user_id, kind)
    note = messages.code_is_on_its_way(address) if is_sent else messages.NOTHING_WAITS
    return _redrawn(uow, event.user_id, note)


def try_out(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to see whether it reaches them."""
    kind, _, way = event.value.partition(":")
    try:
        is_sent = service.try_out(uow, event.user_id, kind, Way(way))
    except service.NotYet as found:
        return _redrawn(uow, event.user_id, _not_yet(uow, event.user_id, found.at))
    one = _one(uow, event.user_id, kind)
    if not is_sent or one is None:
        return _redrawn(uow, event.user_id, "")
    return _redrawn(uow, event.user_id, messages.test_is_on_its_way(one.address))


def remove(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody takes an address back."""
    service.remove(uow, event.user_id, event.value)
    return _redrawn(uow, event.user_id, "")


def settled(event: AttemptSettled, uow: UnitOfWork) -> None:
    """A code or a test did not go out."""
    service.settled(uow, event.key, Way(event.pager))


def is_lost(event: AttemptSettled) -> bool:
    """Whether somebody waits in vain for a code or a test."""
    return event.key.startswith(service.KEY) and event.outcome != Outcome.ACCEPTED


def _one(uow: UnitOfWork, user_id: str, kind: str) -> Shown | None:
    if not service.is_set_up(uow) or targets.member(uow, user_id) is None:
        return None
    return next((each for each in service.shown(uow, user_id) if each.kind == kind), None)


def _wanted(uow: UnitOfWork, user_id: str, kind: str) -> str:
    one = _one(uow, user_id, kind)
    return one.wanted if one else ""


def _not_yet(uow: UnitOfWork, user_id: str, at: datetime) -> str:
    reader = targets.member(uow, user_id)
    return messages.SENT_ENOUGH.format(at=reader.moment(at) if reader else "")


def _redrawn(uow: UnitOfWork, user_id: str, note: str) -> Replace:
    return Replace(messages.contact(service.shown(uow, user_id), note))
