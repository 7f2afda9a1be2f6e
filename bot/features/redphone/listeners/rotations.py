"""What people type and press about who is on call, and what changes it."""

from bot.core import people
from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Reader
from bot.core.events import ButtonPressed, FormSubmitted, LeaveChanged, PersonLeft
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import rotations as messages
from bot.features.redphone.messages import schedules as schedule_words
from bot.features.redphone.modals import rotations as modals
from bot.features.redphone.rules.rotations import Layer
from bot.features.redphone.rules.schedules import Plan
from bot.features.redphone.service import changing, layers, leaving, looking, schedules


def show(uow: UnitOfWork, user_id: str) -> Answer:
    """The schedule, as somebody sees it."""
    person = member(uow, user_id)
    if person is None:
        return Answer(messages.said(messages.NO_MEMBER))
    return Answer(schedule_words.schedule(schedules.shown(uow, person)))


def new(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants a rotation."""
    person = member(uow, event.user_id)
    if person is None:
        return Answer(messages.said(messages.NO_MEMBER))
    usual = Layer(())
    return OpenForm(
        modals.rotation(
            Plan("", person.time_zone, usual.every, usual.hand_over_at, usual.weekday, ())
        )
    )


def change(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to change one."""
    rotation_id = known_id(event.value)
    plan = schedules.plan_of(uow, rotation_id) if rotation_id else None
    if plan is None or member(uow, event.user_id) is None:
        return Answer(messages.said(messages.GONE))
    return OpenForm(modals.rotation(plan, event.value))


def save(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """The form of a rotation is sent off."""
    if member(uow, event.user_id) is None:
        return FieldErrors({modals.NAME: messages.NO_MEMBER})
    plan = modals.read_rotation(event)
    if not isinstance(plan, Plan):
        return FieldErrors(plan)
    wrong = {
        field: messages.not_all_members(_names(uow, unable))
        for field, picked in ((modals.MEMBERS, plan.members), (modals.UPPER, plan.upper))
        if (unable := sorted(set(picked) - layers.able(uow, picked)))
    }
    if wrong:
        return FieldErrors(wrong)
    rotation_id = known_id(event.reference) if event.reference else None
    done = changing.save(uow, plan, rotation_id, by=event.user_id)
    if done is None:
        is_gone = rotation_id is not None and schedules.plan_of(uow, rotation_id) is None
        return FieldErrors({modals.NAME: messages.GONE if is_gone else messages.NAME_TAKEN})
    said = messages.saved(done.name, done.on_call, done.untold)
    return ShowNext(modals.told("Rotation", said.text))


def delete(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """Somebody deletes one."""
    rotation_id, person = known_id(event.value), member(uow, event.user_id)
    name = changing.remove(uow, rotation_id, by=event.user_id) if rotation_id and person else None
    if name is None:
        return Answer(messages.said(messages.GONE))
    return Answer(messages.deleted(name, event.value))


def restore(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """Somebody has it back."""
    rotation_id, person = known_id(event.value), member(uow, event.user_id)
    name = changing.restore(uow, rotation_id, by=event.user_id) if rotation_id and person else None
    return Answer(messages.said(messages.NOT_BACK) if name is None else messages.restored(name))


def follow_leave(event: LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is away on other days than before: perhaps while they are on call."""
    looking.follow_leave(uow, event.user_id)


def follow_departure(event: PersonLeft, uow: UnitOfWork) -> None:
    """Somebody is no full member any more."""
    leaving.follow_departure(uow, event.user_id)


def board(uow: UnitOfWork, person: Person) -> BoardSection:
    """Who is on call, on everybody's board."""
    return messages.on_board(schedules.shown(uow, person))


def in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """When the reader is on call."""
    when = reader.person.moment
    turns = [
        (name, when(shift.start) if shift.start > uow.now else "", when(end) if end else "")
        for name, shift, end in schedules.turns_of(uow, reader.person)
    ]
    return messages.in_digest(turns, uow.workspace.profile)


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """Whoever does it, if they are a full member: nobody else changes who is on call."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def _names(uow: UnitOfWork, user_ids: list[str]) -> str:
    names = people.names(uow.session, uow.team_id, user_ids)
    return ", ".join(names.get(each, "somebody") for each in user_ids)
