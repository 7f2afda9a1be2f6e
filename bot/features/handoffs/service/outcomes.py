"""What stand-ups come to: the summary that ends a day's thread, and the page about a week."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias, TypeVar

from bot.core import attention
from bot.core.db import grouped
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import outcomes as messages
from bot.features.handoffs.models import StandupEntryRow, StandupPromiseRow
from bot.features.handoffs.queries import keeping
from bot.features.handoffs.queries import promises as promise_queries
from bot.features.handoffs.queries import standups as queries
from bot.features.handoffs.rules import outcomes as rules
from bot.features.handoffs.rules import standup_keys as keys
from bot.features.handoffs.rules.outcomes import Line, Outcome, Promised, Summary
from bot.features.handoffs.rules.standups import EntryState, Spot, StandupState
from bot.features.handoffs.service import plans

AuthorAndDay: TypeAlias = tuple[str, date]
Theirs = TypeVar("Theirs", StandupEntryRow, StandupPromiseRow)

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
    links = _permalinks(uow, entries)
    found = promise_queries.told_on(uow, spot, [each.answered_at for each in entries])

    def told(words_of: Callable[[StandupEntryRow], Iterable[str]]) -> tuple[Line, ...]:
        return tuple(
            Line(words, links[_author_and_day(each)])
            for each in entries
            for words in words_of(each)
        )

    def moves(entry: StandupEntryRow) -> list[str]:
        theirs = (each for each in found if each.user_id == entry.user_id)
        done = [each.what for each in theirs if each.delivered_at == entry.answered_at]
        return [*done, *entry.done.splitlines()]

    def following(entry: StandupEntryRow) -> list[str]:
        theirs = (each for each in found if each.user_id == entry.user_id)
        return [each.what for each in theirs if each.promised_on == spot.day]

    return Summary(
        told(moves),
        told(following),
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


def follow_off(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is quoted no longer, or again: so they are in what sums up what they wrote."""
    spots = {Spot(each.channel_id, each.local_date) for each in keeping.entries_of(uow, user_id)}
    for spot in sorted(spots, key=str):
        if uow.outbox.knows(keys.summary(spot)):
            sum_up(uow, spot)
    for spot in {Spot(each.channel_id, rules.monday_of(each.day)) for each in spots}:
        revise_week(uow, spot)


def outcome_of(uow: UnitOfWork, channel_id: str, monday: date) -> Outcome:
    """What a channel's team promised, delivered and was blocked by in a week."""
    days, stretch = (monday, monday + LAST_DAY), rules.stretch_of(monday)
    entries = _quotable(uow, queries.answered_between(uow, channel_id, *days))
    found = promise_queries.touching(uow, channel_id, days, stretch)
    links = _permalinks(uow, entries)
    theirs = grouped(entries, by=lambda each: each.user_id)
    told = [
        _promised(uow, each, theirs.get(each.user_id, ()), links) for each in _quotable(uow, found)
    ]
    blocked = [
        Line(words, links[_author_and_day(each)])
        for each in entries
        for words in each.blocked.splitlines()
    ]
    return rules.outcome(monday, told, blocked)


def _promised(
    uow: UnitOfWork,
    row: StandupPromiseRow,
    theirs: Sequence[StandupEntryRow],
    links: Mapping[AuthorAndDay, str],
) -> Promised:
    """A promise; where it was delivered proves it best, then where it was made."""
    ended_at = row.delivered_at or row.dropped_at
    ends = (each for each in theirs if ended_at and each.answered_at == ended_at)
    begins = (each for each in theirs if each.local_date == row.promised_on)
    entry = next(ends, None) or next(begins, None)
    permalink = _permalink_of(uow, row) if entry is None else links[_author_and_day(entry)]
    return Promised(Line(row.what, permalink), row.promised_on, row.delivered_at, row.dropped_at)


def _permalink_of(uow: UnitOfWork, row: StandupPromiseRow) -> str:
    """Where a promise of another week was made."""
    entry = queries.entry(uow, Spot(row.channel_id, row.promised_on), row.user_id)
    return next(iter(_permalinks(uow, [entry] if entry else []).values()), "")


def _permalinks(uow: UnitOfWork, entries: Sequence[StandupEntryRow]) -> Mapping[AuthorAndDay, str]:
    """The addresses of what people wrote; empty: it is not out."""
    spots = {Spot(each.channel_id, each.local_date) for each in entries}
    standups = {spot.day: queries.get(uow, spot) for spot in spots}
    found = {}
    for each in entries:
        standup = standups[each.local_date]
        is_out = bool(each.message_ts) and standup is not None
        thread_ts = standup.thread_ts if standup is not None else ""
        place = (each.channel_id, each.message_ts, thread_ts or None)
        found[_author_and_day(each)] = uow.workspace.permalink(*place) if is_out else ""
    return found


def _author_and_day(entry: StandupEntryRow) -> AuthorAndDay:
    return entry.user_id, entry.local_date


def _quotable(uow: UnitOfWork, rows: Sequence[Theirs]) -> list[Theirs]:
    off = {each for each in {row.user_id for row in rows} if attention.is_off(uow, each)}
    return [each for each in rows if each.user_id not in off]
