"""When a channel has its stand-up, and who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core import attention, channels, people
from bot.core.agreement import reading
from bot.core.agreement.changing import Change
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import channel_scope
from bot.core.channels import Channel
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages.standups import Standing
from bot.features.handoffs.queries import standups as queries
from bot.features.handoffs.rules import standups as rules
from bot.features.handoffs.rules.standups import EntryState, Plan, Spot


@dataclass(frozen=True, slots=True)
class Here:
    """A channel as somebody finds it who asks about its stand-up."""

    channel: Channel
    person: Person
    may_change: bool


def find(uow: UnitOfWork, channel_id: str, user_id: str) -> Here | None:
    """The channel with somebody in it; None: Baton is not there, or they are not."""
    channel, person = there(uow, channel_id), taking_part(uow, channel_id, user_id)
    if channel is None or person is None:
        return None
    return Here(channel, person, may_change(person, channel_scope(channel_id), channel))


def there(uow: UnitOfWork, channel_id: str) -> Channel | None:
    """A channel that Baton is in."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel if channel is not None and channel.is_member else None


def called(uow: UnitOfWork, channel_id: str) -> str:
    """What a channel is called, without its #."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel.name if channel is not None else ""


def taking_part(uow: UnitOfWork, channel_id: str, user_id: str) -> Person | None:
    """Somebody, if they are a full member in the channel."""
    person = people.find(uow.session, uow.team_id, user_id)
    is_in = channels.has_member(uow.session, uow.team_id, channel_id, user_id)
    return person if person is not None and person.is_member and is_in else None


def asked(uow: UnitOfWork, channel_id: str) -> Mapping[str, Person]:
    """Who is asked to write in a channel, by id: not who wants to be left alone."""
    if there(uow, channel_id) is None:
        return {}
    inside = sorted(channels.members(uow.session, uow.team_id, channel_id))
    found = {each: is_asked(uow, channel_id, each) for each in inside}
    return {user_id: person for user_id, person in found.items() if person is not None}


def is_asked(uow: UnitOfWork, channel_id: str, user_id: str) -> Person | None:
    """Somebody, if they are asked to write in a channel."""
    person = taking_part(uow, channel_id, user_id)
    if person is None or there(uow, channel_id) is None or attention.is_off(uow, user_id):
        return None
    return person


def name_of(uow: UnitOfWork, user_id: str) -> str:
    """How somebody is called; empty: nobody is meant."""
    return people.names(uow.session, uow.team_id, [user_id]).get(user_id, "") if user_id else ""


def is_member(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody is a full member of the workspace."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and person.is_member


def plan_of(uow: UnitOfWork, channel_id: str) -> Plan:
    """When a channel has its stand-up."""
    days: tuple[str, ...] = uow.setting(rules.ON, channel_id=channel_id)
    return Plan(
        uow.setting(rules.AT, channel_id=channel_id),
        rules.days_of(days),
        timedelta(hours=uow.setting(rules.TIME_TO_ANSWER, channel_id=channel_id)),
    )


def changes_to(channel_id: str, wanted: Plan) -> list[Change]:
    """What changes in the agreement so that a channel has its stand-up then."""
    scope = channel_scope(channel_id)
    return [
        Change(rules.AT, scope, rules.AT.kind.plain(wanted.at)),
        Change(rules.ON, scope, rules.ON.kind.plain(rules.words_of(wanted.days))),
    ]


def version(uow: UnitOfWork, channel_id: str) -> int:
    """How often the settings of a channel were changed."""
    return reading.version(uow.session, uow.team_id, channel_scope(channel_id), lock=True)


def standing(uow: UnitOfWork, here: Here) -> Standing:
    """What holds in a channel, for somebody in it."""
    channel_id, person = here.channel.channel_id, here.person
    plan, mine = plan_of(uow, channel_id), Spot(channel_id, today(uow, person))
    entry = queries.entry(uow, mine, person.user_id)
    state = EntryState(entry.state) if entry is not None else None
    if person.user_id in queries.declined(uow, channel_id):
        state = EntryState.DECLINED
    next_on = _next_day(uow, channel_id, plan, person)
    return Standing(channel_id, plan, next_on, here.may_change, state, mine)


def today(uow: UnitOfWork, person: Person) -> date:
    """The date where somebody is."""
    return person.working_time.local(uow.now).date()


def _next_day(uow: UnitOfWork, channel_id: str, plan: Plan, person: Person) -> date | None:
    """The next date on which somebody is asked, as far as one can see two weeks ahead."""
    day = rules.next_date(plan, uow.now)
    last = today(uow, person) + timedelta(weeks=2)
    while day is not None and day <= last:
        times = rules.times_of(plan, day, person.working_time)
        entry = queries.entry(uow, Spot(channel_id, day), person.user_id)
        is_planned = entry is not None or day > today(uow, person)
        if times is not None and times.prompt_at > uow.now and is_planned:
            return day
        day = rules.next_date(plan, uow.now, after=day)
    return None
