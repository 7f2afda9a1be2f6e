"""How the coach stands in a channel, for one reader."""

from collections.abc import Mapping
from datetime import timedelta
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

LOOKS_BACK: Final = timedelta(days=30)


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
    """What the hints of a channel came to; None: they would tell of single people."""
    if not may_count(channels.members(uow.session, uow.team_id, channel_id)):
        return None
    mode = uow.setting(settings.MODE, channel_id=channel_id)
    counts = queries.counts(uow, channel_id, uow.now - LOOKS_BACK)
    found = {}
    for rule in Rule:
        ends = {
            end: count
            for (name, in_mode, end), count in counts.items()
            if name == rule and in_mode == mode
        }
        tally = Tally(sum(ends.values()), ends.get(COMPLETED, 0), ends.get(NOT_HELPFUL, 0))
        if tally.count:
            found[rule] = tally
    return found
