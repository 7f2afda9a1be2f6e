"""Who asks how pages go on, and who changes it."""

from bot.core.blocks import Message
from bot.core.events import ButtonPressed, Command, FormSubmitted
from bot.core.ids import new_id
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import policies as messages
from bot.features.redphone.modals import policies as modals
from bot.features.redphone.modals.policies import Sheet
from bot.features.redphone.rules.policies import (
    MAX_CONTACTS,
    OUTSIDE,
    SLACK,
    Held,
    Level,
    Place,
    Way,
    with_level,
    without_level,
)
from bot.features.redphone.rules.targets import PERSON
from bot.features.redphone.service import policies as service


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /redphone policy."""
    return Answer(_all(uow, event.user_id))


def open_level(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to change a level, or to add one."""
    place = Place.from_text(event.value)
    refusal = _why_not(uow, event.user_id, place)
    if refusal:
        return Answer(messages.said(refusal))
    policy = service.held(uow, place.name).policy
    names = {place.name: service.name_of(uow, place.name)} if ":" in place.name else {}
    sheet = Sheet(service.offered(uow), uow.house.pagers, messages.title_of(place.name, names))
    return OpenForm(modals.level(place, policy, sheet))


def save(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """Somebody sends the form off."""
    place = Place.from_text(event.reference)
    refusal = _why_not(uow, event.user_id, place)
    if refusal:
        return FieldErrors({modals.PEOPLE: refusal})
    policy = service.held(uow, place.name).policy
    if modals.YES in event.chosen.get(modals.REMOVE, ()):
        changed = without_level(policy, place.number)
    else:
        level, wrong = _level(event, uow)
        if wrong:
            return FieldErrors({modals.PEOPLE: wrong})
        changed = with_level(policy, place.number, level, int(event.values[modals.ROUNDS]))
    held = service.change(uow, place.name, changed, by=event.user_id)
    return ShowNext(_changed(uow, held))


def follow_usual(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """A policy of its own is given up."""
    place = Place.from_text(event.value)
    refusal = _why_not(uow, event.user_id, place)
    if refusal:
        return Answer(messages.said(refusal))
    service.change(uow, place.name, None, by=event.user_id)
    return Replace(_all(uow, event.user_id))


def undo(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Somebody takes back what they just changed."""
    place = Place.from_text(event.value)
    if not service.may_be_changed(uow, event.user_id):
        return Answer(messages.said(messages.ADMINS_ONLY))
    held = service.undo(uow, place.name, place.version, by=event.user_id)
    if held is None:
        return Answer(messages.said(messages.CHANGED_MEANWHILE))
    names = _names(uow, held)
    view = modals.told(messages.undone(held, names, uow.house.pagers), event.reference)
    uow.outbox.update_form(f"redphone:policy:{new_id()}", event.user_id, view)
    return None


def _all(uow: UnitOfWork, user_id: str) -> Message:
    held = service.all_of(uow)
    names = service.names_of(uow, [each.policy for each in held])
    names |= {each.name: service.name_of(uow, each.name) for each in held if ":" in each.name}
    versions = {each.name: service.version(uow, each.name) for each in held}
    may_change = service.may_be_changed(uow, user_id)
    return messages.all_of(held, names, uow.house.pagers, versions, may_change=may_change)


def _changed(uow: UnitOfWork, held: Held) -> View:
    version = service.version(uow, held.name)
    told = messages.changed(held, _names(uow, held), uow.house.pagers, version)
    return modals.told(told, str(new_id()))


def _names(uow: UnitOfWork, held: Held) -> dict[str, str]:
    names = service.names_of(uow, [held.policy])
    return names | ({held.name: service.name_of(uow, held.name)} if ":" in held.name else {})


def _why_not(uow: UnitOfWork, user_id: str, place: Place) -> str:
    """Why somebody cannot change a policy now; empty: they can."""
    if not service.may_be_changed(uow, user_id):
        return messages.ADMINS_ONLY
    return "" if service.version(uow, place.name) == place.version else messages.CHANGED_MEANWHILE


def _level(event: FormSubmitted, uow: UnitOfWork) -> tuple[Level, str]:
    """What the form says, and what is wrong with it; empty: nothing."""
    people = event.chosen.get(modals.PEOPLE, ())
    contacts = [*event.chosen.get(modals.CONTACTS, ()), *(f"{PERSON}:{each}" for each in people)]
    ways = [Way(each) for each in event.chosen.get(modals.WAYS, ())]
    level = Level(
        contacts=tuple(contacts),
        ways=tuple(way for way in (*SLACK, *OUTSIDE) if way is Way.DM or way in ways),
        wait=int(event.values[modals.WAIT]),
        all_at_once=modals.YES in event.chosen.get(modals.AT_ONCE, ()),
    )
    wrong = service.wrong_people(uow, people)
    if wrong:
        return level, messages.members_only(wrong, service.called(uow, wrong))
    if not contacts:
        return level, messages.PICK_SOMEBODY
    return level, messages.TOO_MANY if len(contacts) > MAX_CONTACTS else ""
