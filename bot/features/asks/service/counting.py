"""Figures about asks: of a channel and of the workspace, never of a person."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

from bot.core import attention, channels, people
from bot.core.attention import Route
from bot.core.people import Person
from bot.core.response_clock import CountedIn, counted
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.asks import queries
from bot.features.asks.messages import figures as words
from bot.features.asks.models import AskRow
from bot.features.asks.rules.figures import (
    WEEKS,
    Counted,
    Observed,
    tellable,
)
from bot.features.asks.rules.figures import (
    figures as figures_of,
)
from bot.features.asks.rules.states import State
from bot.features.asks.service import clocks


def figures(uow: UnitOfWork, reader: Person, channel_id: str) -> Counted:
    """The figures of the last weeks until Monday, the same for every reader.

    As of Monday, so that asking before and after an answer tells nothing of it. The workspace's are
    those of public channels: others' would tell apart what two readers see.
    """
    until = monday(uow.now)
    since = until - timedelta(weeks=WEEKS)
    by_channel: dict[str, list[Observed]] = defaultdict(list)
    for ask in queries.asked_since(uow, since):
        if ask.channel_id and ask.asked_at < until and not ask.parent_id:
            by_channel[ask.channel_id].append(_observed(uow, ask, until))
    public = [found for each, found in sorted(by_channel.items()) if _is_public(uow, each)]
    may = bool(channel_id) and may_see(uow, reader.user_id, channel_id)
    within = until - timedelta.resolution
    own = figures_of(by_channel[channel_id], now=within) if may else None
    return Counted(channel_id, own, figures_of(tellable(public), now=within), until)


def show(uow: UnitOfWork, reader: Person, channel_id: str) -> str:
    """Shows somebody the figures of a channel, or of the workspace, as a picture; says what it did.

    Once for each Monday: until the next one they stay the same.
    """
    counted = figures(uow, reader, channel_id)
    key = f"figures:{reader.user_id}:{channel_id}:{counted.until:%Y-%m-%d}"
    found = counted.of_channel if channel_id else counted.of_workspace
    if found is None:
        return words.TOO_FEW_PEOPLE
    if uow.outbox.knows(key):
        return words.SHOWN_BEFORE
    channel = channels.find(uow.session, uow.team_id, channel_id)
    name = channel.name if channel else ""
    picture = words.picture(found, channel_id, name, counted.until)
    route = attention.show(uow, key, reader, picture)
    return words.SHOWN if route is Route.NOW else words.PAUSED


def monday(now: datetime) -> datetime:
    """The last Monday, 00:00 UTC."""
    day = now.astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), UTC)


def _observed(uow: UnitOfWork, ask: AskRow, until: datetime) -> Observed:
    closed = ask.closed_at if ask.closed_at and ask.closed_at < until else None
    is_answered = closed is not None and ask.state == State.ANSWERED
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    when = answerer.working_time if answerer else None
    end = closed or until
    in_time = closed is not None and closed <= ask.due_at if is_answered else None
    if in_time is None and ask.due_at <= until:
        in_time = False
    took = counted(ask.asked_at, end, CountedIn.WORKING_HOURS, when) if when else end - ask.asked_at
    is_urgent = ask.urgency == clocks.URGENT
    return Observed(
        ask.asker_id, ask.answerer_id, ask.asked_at, is_urgent, took, is_answered, in_time
    )


def _is_public(uow: UnitOfWork, channel_id: str) -> bool:
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member and not channel.is_private
