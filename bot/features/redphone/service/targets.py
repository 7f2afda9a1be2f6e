"""Whom a page is for: rotations, people and groups, as people who can be paged."""

from collections.abc import Iterable, Mapping

from bot.core import addresses, channels, groups, people
from bot.core.ids import known_id
from bot.core.locales import FALLBACK, clock
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.rules import targets as rules
from bot.features.redphone.rules.policies import TARGET, Level, Policy
from bot.features.redphone.rules.targets import GROUP, PERSON, ROTATION, Preflight, Reached
from bot.features.redphone.service import policies, rotations


def contacts(uow: UnitOfWork, contact: str, page: PageRow) -> list[Person]:
    """Those behind a contact of a policy who can be paged now, each once.

    Whoever paged is not among them, unless there is nobody else.
    """
    found = behind(uow, page.target if contact == TARGET else contact)
    return [each for each in found if each.user_id != page.caller_id] or found


def behind(uow: UnitOfWork, contact: str) -> list[Person]:
    """Those whom `rotation:<id>`, `person:<id>` or `group:<id>` reaches now."""
    kind, _, name = contact.partition(":")
    match kind:
        case "person":
            return _members(uow, [name])
        case "group":
            return _members(uow, sorted(groups.members(uow.session, uow.team_id, name)))
        case "rotation":
            rotation_id = known_id(name)
            person = rotations.on_call(uow, rotation_id) if rotation_id else None
            return [person] if person is not None and person.is_member else []
        case _:
            return []


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are a full member: nobody else pages, or is paged."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def offered(uow: UnitOfWork) -> Mapping[str, str]:
    """The rotations and groups that can be paged, and what they are called; rotations first."""
    found = {
        f"{ROTATION}:{each.rotation_id}": _named(each.name, each.person)
        for each in rotations.all_of(uow)
    }
    for group_id, handle in groups.known(uow.session, uow.team_id).items():
        if behind(uow, f"{GROUP}:{group_id}"):
            found[f"{GROUP}:{group_id}"] = f"Everybody in @{handle}"
    return found


def first_choice(uow: UnitOfWork) -> str:
    """Whom the form is for at first: the first rotation in which somebody is on call, if any."""
    on_call = [each for each in rotations.all_of(uow) if each.person is not None]
    return f"{ROTATION}:{on_call[0].rotation_id}" if on_call else PERSON


def preflight(uow: UnitOfWork, target: str, caller_id: str, card_channel: str) -> Preflight:
    """Whom a page for this target would reach first, and in which moment of theirs."""
    channel = channels.find(uow.session, uow.team_id, card_channel)
    caller = people.find(uow.session, uow.team_id, caller_id)
    is_shared = channel is not None and channel.is_shared
    for number, level in enumerate(policies.of(uow, target).levels):
        found = _of_level(uow, level, target, caller_id)
        if found:
            reached = _reached(uow, level, found, caller.locale if caller else FALLBACK)
            return Preflight(reached, card_channel, is_shared, is_later=number > 0)
    return Preflight((), card_channel, is_shared)


def is_own(uow: UnitOfWork, target: str, caller_id: str) -> bool:
    """Whether a page for this target could reach nobody but its caller."""
    policy = policies.of(uow, target)
    found = {each.user_id for each in _all_behind(uow, policy, target)}
    return found == {caller_id}


def _all_behind(uow: UnitOfWork, policy: Policy, target: str) -> Iterable[Person]:
    for level in policy.levels:
        for contact in level.contacts:
            yield from behind(uow, target if contact == TARGET else contact)


def _of_level(uow: UnitOfWork, level: Level, target: str, caller_id: str) -> list[Person]:
    found = {
        each.user_id: each
        for contact in level.contacts
        for each in behind(uow, target if contact == TARGET else contact)
        if each.user_id != caller_id
    }
    return list(found.values())


def _reached(uow: UnitOfWork, level: Level, found: list[Person], locale: str) -> list[Reached]:
    known = addresses.kinds_of(uow, [each.user_id for each in found])
    on_call = {each.person.user_id for each in rotations.all_of(uow) if each.person}
    return [
        Reached(
            each.user_id,
            clock(each.working_time.local(uow.now), locale),
            rules.standing(each.working_time, uow.now, is_on_call=each.user_id in on_call),
            rules.ways_to(level.ways, uow.house.pagers, known, each.user_id),
        )
        for each in found
    ]


def _members(uow: UnitOfWork, user_ids: Iterable[str]) -> list[Person]:
    return [person for each in user_ids if (person := member(uow, each)) is not None]


def _named(rotation: str, person: Person | None) -> str:
    who = f"@{person.name}" if person is not None else "nobody now"
    return f"On call for {rotation}: {who}" if rotation else f"On call: {who}"
