"""How the coach stands in a channel, for one reader."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core import channels, people
from bot.core.people import UNKNOWN_TIME
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_count, may_see
from bot.features.coach import queries
from bot.features.coach.messages.about import State, Tally
from bot.features.coach.rules import settings
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.service.completing import COMPLETED
from bot.features.coach.service.feedback import NOT_HELPFUL

LOOKS_BACK: Final = timedelta(weeks=4)


def state(uow: UnitOfWork, reader_id: str, channel_id: str) -> State:
    """How the coach stands in a channel, as far as Baton and the reader are in it."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    is_there = channel is not None and channel.is_member
    here = channel_id if is_there and may_see(uow, reader_id, channel_id) else ""
    reader = people.find(uow.session, uow.team_id, reader_id)
    local = reader.working_time.local if reader else UNKNOWN_TIME.local
    mine = uow.setting(settings.MY_RULES, user_id=reader_id)
    away = queries.staying_away(uow, reader_id)
    on = uow.setting(settings.RULES, channel_id=here)
    return State(
        here,
        uow.setting(settings.MODE, channel_id=here),
        frozenset(rule for rule in Rule if here and rule.value not in on),
        frozenset(rule for rule in Rule if rule.value not in mine),
        {rule: local(away[rule.value]) for rule in Rule if rule.value in away},
        _tallies(uow, here) if here else None,
    )


def _tallies(uow: UnitOfWork, channel_id: str) -> Mapping[Rule, Tally] | None:
    """What the hints of the last whole weeks came to; None: it would tell of single people."""
    names = channels.members(uow.session, uow.team_id, channel_id)
    found = (people.find(uow.session, uow.team_id, each) for each in names)
    if not may_count(each.user_id for each in found if each is not None and each.is_member):
        return None
    mode = uow.setting(settings.MODE, channel_id=channel_id)
    until = _monday(uow.now)
    counts = queries.counts(uow, channel_id, until - LOOKS_BACK, until)
    return {rule: tally for rule in Rule if (tally := _tally(rule, mode, counts)).count}


def _tally(rule: Rule, mode: str, counts: Mapping[tuple[str, str, str], int]) -> Tally:
    ends = {
        end: count
        for (name, in_mode, end), count in counts.items()
        if name == rule and in_mode == mode
    }
    return Tally(sum(ends.values()), ends.get(COMPLETED, 0), ends.get(NOT_HELPFUL, 0))


def _monday(now: datetime) -> datetime:
    """When this week began: a count that moved with each hint would tell whose it was."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
