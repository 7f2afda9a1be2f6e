"""What stand-ups come to: the summary that ends a day's thread, and the page about a week."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from bot.core import attention
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import outcomes as messages
from bot.features.handoffs.models import StandupEntryRow, StandupPromiseRow
from bot.features.handoffs.queries import promises as promise_queries
from bot.features.handoffs.queries import standups as queries
from bot.features.handoffs.rules import outcomes as rules
from bot.features.handoffs.rules import standup_keys as keys
from bot.features.handoffs.rules.outcomes import Line, Outcome, Promised, Summary
from bot.features.handoffs.rules.standups import EntryState, Spot, StandupState
from bot.features.handoffs.service import plans

LAST_DAY: Final = timedelta(days=6)


def sum_up(uow: UnitOfWork, spot: Spot) -> None:
    """Ends a thread with what was written in it, once everybody had their time.

    Where that was done, it is changed. Nothing is said where nobody wrote anything.
    """
    standup, key = queries.get(uow, spot), keys.summary(spot)
    if standup is None or standup.state != StandupState.OVER:
        return
    summary = summary_of(uow, spot)
    if uow.outbox.knows(key):
        message = messages.summary(spot.day, summary)
        uow.outbox.revise(f"{key}:{new_id()}", of=key, message=message)
    elif not summary.is_empty and plans.there(uow, spot.channel_id):
        message = messages.summary(spot.day, summary)
        uow.outbox.post(key, spot.channel_id, message, under=keys.root(spot))


def summary_of(uow: UnitOfWork, spot: Spot) -> Summary:
    """What was written for a stand-up, but not by those who want to be left alone."""
    entries = _quotable(uow, queries.entries(uow, spot, EntryState.ANSWERED))

    def told(words_of: Callable[[StandupEntryRow], Iterable[str]]) -> tuple[Line, ...]:
        return tuple(
            Line(words, permalink(uow, each)) for each in entries for words in words_of(each)
        )

    return Summary(
        told(lambda each: [*delivered(uow, each), *each.done.splitlines()]),
        told(lambda each: promised(uow, each)),
        told(lambda each: each.blocked.splitlines()),
        told(lambda each: each.watch_out.splitlines()),
    )


def delivered(uow: UnitOfWork, entry: StandupEntryRow) -> list[str]:
    """What somebody promised before and says in an entry they delivered."""
    if entry.answered_at is None:
        return []
    found = promise_queries.delivered(uow, entry.channel_id, entry.user_id, entry.answered_at)
    return [each.what for each in found]


def promised(uow: UnitOfWork, entry: StandupEntryRow) -> list[str]:
    """What somebody promises in an entry."""
    spot = Spot(entry.channel_id, entry.local_date)
    return [each.what for each in promise_queries.made(uow, spot, entry.user_id)]


def permalink(uow: UnitOfWork, entry: StandupEntryRow) -> str:
    """The address of what somebody wrote; empty: it is not out."""
    standup = queries.get(uow, Spot(entry.channel_id, entry.local_date))
    if not entry.message_ts or standup is None:
        return ""
    return uow.workspace.permalink(entry.channel_id, entry.message_ts, standup.thread_ts or None)


def post_week_before(uow: UnitOfWork, spot: Spot) -> None:
    """Posts the page about the week before a stand-up's, once, if anything was written in it."""
    monday = rules.monday_of(spot.day) - rules.WEEK
    key = keys.week(spot.channel_id, monday)
    if uow.outbox.knows(key) or plans.there(uow, spot.channel_id) is None:
        return
    outcome = outcome_of(uow, spot.channel_id, monday)
    if not outcome.is_empty:
        uow.outbox.post(key, spot.channel_id, messages.week(spot.channel_id, outcome))


def revise_week(uow: UnitOfWork, spot: Spot) -> None:
    """Something was written for a stand-up; if its week's page is out, it tells of it, too."""
    monday = rules.monday_of(spot.day)
    key = keys.week(spot.channel_id, monday)
    if uow.outbox.knows(key):
        message = messages.week(spot.channel_id, outcome_of(uow, spot.channel_id, monday))
        uow.outbox.revise(f"{key}:{new_id()}", of=key, message=message)


def outcome_of(uow: UnitOfWork, channel_id: str, monday: date) -> Outcome:
    """What a channel's team promised, delivered and was blocked by in a week."""
    days, stretch = (monday, monday + LAST_DAY), rules.stretch_of(monday)
    entries = _quotable(uow, queries.answered_between(uow, channel_id, *days))
    found = promise_queries.touching(uow, channel_id, days, stretch)
    told = [_promised(uow, each, entries) for each in _of_quotable(uow, found)]
    blocked = [
        Line(words, permalink(uow, each)) for each in entries for words in each.blocked.splitlines()
    ]
    return rules.outcome(monday, told, blocked)


def _promised(
    uow: UnitOfWork, row: StandupPromiseRow, entries: Sequence[StandupEntryRow]
) -> Promised:
    """A promise; where it was delivered proves it best, then where it was made."""
    theirs = [each for each in entries if each.user_id == row.user_id]
    ended_at = row.delivered_at or row.dropped_at
    ends = (each for each in theirs if ended_at and each.answered_at == ended_at)
    begins = queries.entry(uow, Spot(row.channel_id, row.promised_on), row.user_id)
    entry = next(ends, begins)
    line = Line(row.what, permalink(uow, entry) if entry else "")
    return Promised(line, row.promised_on, row.delivered_at, row.dropped_at)


def _quotable(uow: UnitOfWork, rows: Sequence[StandupEntryRow]) -> list[StandupEntryRow]:
    return [each for each in rows if not attention.is_off(uow, each.user_id)]


def _of_quotable(uow: UnitOfWork, rows: Sequence[StandupPromiseRow]) -> list[StandupPromiseRow]:
    return [each for each in rows if not attention.is_off(uow, each.user_id)]
