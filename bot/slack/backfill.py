"""Fills gaps from the history of the channels that Baton is in, slowly and behind all else.

Slack gives some apps so little of it (a page of 15 a minute) that it may take hours: what is left
to ask stands in the row, and any process goes on. What was found goes through the inbox like any
event, so all that Baton does with messages follows by itself, once for each of them.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.core import breakers, channels, gaps, inbox, logs, message_store, queue, workspaces
from bot.core.bot import Bot
from bot.core.errors import (
    LeaseLost,
    SlackError,
    SlackRateLimited,
    SlackRefused,
    SlackTokenDead,
    WorkspaceGone,
)
from bot.core.gaps import GapRow
from bot.core.outbox import OutboxRow
from bot.core.queue import Claim, State
from bot.core.rate_limits import RateLimit
from bot.core.turns import Turns
from bot.slack import found_messages
from bot.slack.asking import Asking
from bot.slack.found_messages import Ask
from bot.slack.gateway import Gateway, Page
from bot.slack.giving_way import GivingWay

log = logs.get(__name__)

LEASE: Final = timedelta(minutes=2)
LATER: Final = timedelta(minutes=1)
SOON: Final = timedelta(seconds=5)
NAME: Final = "backfill"
LOST_WAY: Final = "invalid_cursor"
NOTHING_THERE: Final = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "thread_not_found",
        "method_not_supported_for_channel_type",
    }
)
"""So Slack answers where Baton is no more, or what was replied to is deleted.

After any other refusal something may be missing, and the gap stays one.
"""


@dataclass(frozen=True, slots=True)
class HistoryLimit:
    """How much of the history Slack gives an app: calls a minute, and messages a call.

    `looks_back`: threads that began so long before a gap are looked at, too.
    """

    calls_a_minute: int
    messages: int
    looks_back: timedelta

    @property
    def rate(self) -> RateLimit:
        """The same, as calls are counted: no minute has more of them."""
        burst = max(1, self.calls_a_minute // 5)
        return RateLimit(timedelta(minutes=1) / max(1, self.calls_a_minute - burst), burst)


INTERNAL: Final = HistoryLimit(50, 200, timedelta(days=1))
"""Of an app that is its workspace's own, or listed in Slack's Marketplace."""
DISTRIBUTED: Final = HistoryLimit(1, 15, timedelta(hours=1))
"""Of others that many workspaces install. docs.slack.dev/changelog/2025/05/29/rate-limit-changes"""


@dataclass(slots=True)
class _Found:
    """What one call brought: events to be stored, what is to be asked further, what is not told."""

    envelopes: list[inbox.Envelope] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    refused: list[Ask] = field(default_factory=list)


class Backfill:
    """Makes one call at a time; any number of processes may do so."""

    def __init__(self, bot: Bot, gateway: Gateway, limit: HistoryLimit) -> None:
        self._bot, self._gateway, self._limit = bot, gateway, limit
        self._ask = Asking(bot).ask
        self._turns = Turns(GapRow, is_one_each=True)
        self._giving_way = GivingWay(bot)

    def register(self) -> None:
        """Has gaps made of what Slack told, and filled."""
        self._bot.every_tick(self.take_notices)
        self._bot.in_lane(NAME, self.step)

    def take_notices(self, bot: Bot) -> None:
        """Makes gaps of the minutes that Slack told of."""
        with bot.database.reading() as session:
            if not gaps.has_notices(session):
                return
        now, machine_now = bot.clock.now(), bot.machine_clock.now()
        with bot.database.transaction() as session:
            gaps.take_notices(session, now=now, machine_now=machine_now)

    def step(self) -> bool:
        """Asks for one page of what is missing somewhere; returns whether there was anything."""
        if self._giving_way.now():
            return False
        claim = self._claim()
        if claim is None:
            return False
        try:
            self._go_on(claim)
        except LeaseLost:
            log.info("another process fills this gap")
        return True

    def _claim(self) -> Claim[GapRow] | None:
        now = self._bot.machine_clock.now()
        with self._bot.database.reading() as session:
            if not queue.has_work(session, GapRow, now=now):
                return None
        with self._bot.database.transaction() as session:
            queue.expire_leases(session, GapRow, now=now)
            resting = breakers.resting(breakers.unwell(session), now) | workspaces.parked(session)
            claims = self._turns.claim(session, now=now, lease=LEASE, limit=1, resting=resting)
            for claim in claims:
                if _has_better_to_do(session, claim.row.team_id, now):
                    queue.put_back(session, claim, not_before=now + SOON)
                    return None
        return claims[0] if claims else None

    def _go_on(self, claim: Claim[GapRow]) -> None:
        row, now = claim.row, self._bot.machine_clock.now()
        try:
            self._fill(claim)
        except WorkspaceGone:
            self._put_back(claim, state=State.DROPPED)
        except SlackRateLimited as limited:
            self._put_back(claim, not_before=now + limited.retry_after)
        except SlackError as error:
            log.warning("history could not be read", team=row.team_id, error=error)
            self._put_back(claim, not_before=now + LATER)

    def _put_back(self, claim: Claim[GapRow], *, state: State = State.READY, **values: Any) -> None:
        with self._bot.database.transaction() as session:
            queue.put_back(session, claim, state, **values)

    def _fill(self, claim: Claim[GapRow]) -> None:
        """Raises SlackError and WorkspaceGone; then it is as if nothing was asked."""
        row = claim.row
        with self._bot.database.reading() as session:
            generation = workspaces.generation_of(session, row.team_id)
            left = row.left if row.left is not None else _plan(session, row.team_id)
        found = self._found(row, Ask(**left[0]), generation) if left else _Found()
        now = self._bot.machine_clock.now()
        with self._bot.begin(row.team_id, during="job", generation=generation) as uow:
            inbox.add(uow.session, found.envelopes, now=now)
            rest = [*map(Ask.to_json, found.asks), *left[1:], *map(Ask.to_json, found.refused)]
            is_over = all(Ask(**each).is_refused for each in rest)
            if is_over:
                state = State.DROPPED if rest else State.DONE
                queue.finish(uow.session, claim, state, left=[])
            else:
                queue.put_back(uow.session, claim, left=rest, not_before=now)
        if found.envelopes:
            self._bot.inbox_filled.set()
        if is_over:
            log.info("a gap was read", team=row.team_id, number=len(rest))

    def _found(self, row: GapRow, ask: Ask, generation: int) -> _Found:
        slack = self._gateway.under(generation)
        method = "conversations.replies" if ask.thread else "conversations.history"
        call = partial(self._page, slack, row, ask)
        try:
            page = self._ask(row.team_id, method, call, limit=self._limit.rate)
        except SlackTokenDead:
            raise
        except SlackRefused as refused:
            if refused.code == LOST_WAY and not ask.is_again:
                return _Found(asks=[Ask(ask.channel, ask.thread, is_again=True)])
            log.info("not told of a channel's history", team=row.team_id, error=refused)
            is_lost = refused.code not in NOTHING_THERE
            return _Found(refused=[replace(ask, is_refused=True)] if is_lost else [])
        return self._sift(row, ask, page)

    def _page(self, slack: Gateway, row: GapRow, ask: Ask) -> Page:
        since = row.since if ask.thread else row.since - self._limit.looks_back
        place = (row.team_id, ask.channel, ask.thread)
        return slack.said(
            *place, since=since, until=row.until, limit=self._limit.messages, cursor=ask.cursor
        )

    def _sift(self, row: GapRow, ask: Ask, page: Page) -> _Found:
        """Of what was said in the gap that which is not known, and the threads that went on."""
        span = (row.since, row.until)
        within = [each for each in page.messages if found_messages.is_within(each, *span)]
        with self._bot.database.reading() as session:
            workspace = workspaces.get(session, row.team_id)
            channel = channels.find(session, row.team_id, ask.channel)
            place = (row.team_id, ask.channel)
            known = message_store.versions(session, *place, map(found_messages.ts_of, within))
        is_private = channel is None or channel.is_private
        make = partial(found_messages.envelopes, workspace, ask.channel, is_private=is_private)
        envelopes = [
            envelope
            for message in within
            for envelope in make(message, known.get(found_messages.ts_of(message)))
        ]
        further = [] if ask.thread else found_messages.threads_that_went_on(ask, page, row.since)
        following = [replace(ask, cursor=page.cursor)] if page.cursor else []
        return _Found(envelopes, [*following, *further])


def _plan(session: Session, team_id: str) -> list[dict[str, Any]]:
    joined = channels.joined(session, team_id)
    return [Ask(channel_id).to_json() for channel_id in joined]


def _has_better_to_do(session: Session, team_id: str, now: datetime) -> bool:
    """Whether something is being said or looked up there, or what came waits already."""
    ours, in_work = OutboxRow.team_id == team_id, (State.LEASED, State.UNKNOWN)
    is_busy = queue.is_due(session, OutboxRow, ours, now=now, states=in_work)
    return is_busy or inbox.is_behind(session, team_id, now=now)
