"""Works through the inbox: store what was said, meet who said it, hand it to the features."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.core import actions, inbox, logs, outbox, queue, traces, triggers
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.crash import crash_point
from bot.core.errors import (
    LeaseLost,
    SlackError,
    SlackRateLimited,
    SlackRefused,
    SlackScopeMissing,
    SlackTokenDead,
    UnknownWorkspace,
    WorkspaceGone,
)
from bot.core.events import Event
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.queue import Claim, Queued
from bot.core.turns import Turns
from bot.slack import together
from bot.slack.access import Access, access_change
from bot.slack.directory import Directory
from bot.slack.giving_way import GivingWay
from bot.slack.hearing import Hearing, runs
from bot.slack.homes import Home
from bot.slack.inbound import groups_in, parse_event, people_given, people_in
from bot.slack.meetings import Meetings, StillAsking
from bot.slack.payloads import Json, read_object
from bot.slack.together import Arrived, Lane, channel_to_know

log = logs.get(__name__)

BATCH: Final = 200
NOW: Final = timedelta()
SENT_KEPT_FOR: Final = timedelta(days=90)  # as long may a message of ours still change
LATER: Final = timedelta(seconds=15)
SOON: Final = timedelta(seconds=1)
ASKING_SECONDS: Final = 1.0
"""As long events of all workspaces wait in a step for what Slack tells of some."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event: the listeners that failed, or the error that stopped it.

    `again_in`: it could not be dealt with yet, which says nothing against the event.
    `is_of_nobody`: it is not kept that there was one, as of what Baton is not installed in.
    """

    failed: Mapping[str, str]
    error: str | None = None
    again_in: timedelta | None = None
    is_of_nobody: bool = False

    @property
    def word(self) -> str:
        """How it is counted."""
        if self.again_in is not None:
            return "later"
        if self.is_of_nobody:
            return "of_nobody"
        return "failed" if self.error or self.failed else "done"


DONE: Final = Outcome({})
OF_NOBODY: Final = Outcome({}, is_of_nobody=True)


def next_batch(last: int, *, is_late: bool) -> int:
    """How many events to claim next: half as many where the lease was too short for the last.

    On a machine that is too slow for it workers would take them from each other for ever.
    """
    return max(1, last // 2) if is_late else min(BATCH, last * 2)


class Intake:
    """Claims events and deals with them, in order within a conversation."""

    def __init__(
        self,
        bot: Bot,
        directory: Directory,
        access: Access,
        *,
        lease: timedelta,
    ) -> None:
        self._bot, self._directory = bot, directory
        self._hearing = Hearing(bot)
        self._access = access
        self._lease = lease
        self._meetings = Meetings(self._meet)
        self._giving_way = GivingWay(bot)
        self._turns = Turns(InboxRow)
        self._at_once = BATCH
        self._asks_until = 0.0

    def step(self) -> bool:
        """Deals with the events that are due; returns whether there were any."""
        if not self._has_work(InboxRow) or self._giving_way.now():
            return False
        with self._bot.database.transaction() as session:
            now, limit = self._bot.machine_clock.now(), self._at_once
            claims = inbox.claim(session, self._turns, now=now, lease=self._lease, limit=limit)
        if not claims:
            return False
        crash_point("intake.after_claim")
        outcomes = self._deal_with_all(claims)
        crash_point("intake.before_done")
        with self._bot.database.transaction() as session:
            are_ours = self._settle_all(session, outcomes)
        if not are_ours:
            self._vouch(claims)
        return True

    def _has_work(self, table: type[Queued]) -> bool:
        with self._bot.database.reading() as session:
            return queue.has_work(session, table, now=self._bot.machine_clock.now())

    def _deal_with_all(
        self, claims: list[Claim[InboxRow]]
    ) -> list[tuple[Claim[InboxRow], Outcome]]:
        """Deals with events while the lease is safe and no page waits; the rest goes back."""
        until = self._bot.machine_clock.now() + self._lease / 2
        arrived = [_arrived(claim) for claim in claims]
        if not any(access_change(each.payload) for each in arrived):
            together.prepare(self._bot, arrived)
        outcomes: list[tuple[Claim[InboxRow], Outcome]] = []
        held_back: set[Lane] = set()
        moves = Counter[Lane]()
        for run in self._in_order(arrived):
            is_free = len(run) > 1 and not any(each.lane in held_back for each in run)
            if is_free and self._has_time(until) and self._hearing.together(run, moves):
                outcomes += [(each.claim, DONE) for each in run]
                continue
            for each in run:
                outcome = Outcome({}, again_in=NOW)
                if each.lane not in held_back and self._has_time(until):
                    with traces.under(each.claim.row.id):
                        outcome = self._deal_with(each, moves)
                if outcome.error or outcome.again_in is not None:
                    held_back.add(each.lane)  # a conversation is dealt with in order
                outcomes.append((each.claim, outcome))
        is_late = self._bot.machine_clock.now() >= until
        self._at_once = next_batch(self._at_once, is_late=is_late)
        return outcomes

    def _in_order(self, arrived: Sequence[Arrived]) -> Iterator[Sequence[Arrived]]:
        """Last what Slack has to tell of first, and what follows it in its conversation.

        All of it is asked for from the start, and waited for no longer than for a moment.
        """
        strange, known, later = set[Lane](), list[Arrived](), list[Arrived]()
        for each in arrived:
            if each.is_strange and each.event is not None:
                strange.add(each.lane)
                self._meetings.begin(each.claim.row.id, each.event)
            (later if each.lane in strange else known).append(each)
        for some in (known, later):
            self._asks_until = monotonic() + ASKING_SECONDS
            yield from runs(some)

    def _has_time(self, until: datetime) -> bool:
        return self._bot.machine_clock.now() < until and not self._giving_way.now()

    def _settle_all(
        self, session: Session, outcomes: Sequence[tuple[Claim[InboxRow], Outcome]]
    ) -> bool:
        """Most are simply done, and end together. Returns whether all of them were still ours."""
        done = [claim for claim, outcome in outcomes if outcome == DONE]
        self._note(done)
        are_ours = queue.finish_all(session, done, body=None) == len(done)
        if not are_ours:
            log.warning("another worker took events over")
        for claim, outcome in outcomes:
            if outcome != DONE:
                self._bot.metrics.dealt_with.add(outcome.word)
                are_ours &= self._settle(session, claim, outcome)
        return are_ours

    def _vouch(self, claims: Sequence[Claim[InboxRow]] | Sequence[Claim[DeliveryRow]]) -> None:
        with self._bot.database.transaction() as session:
            queue.vouch(session, claims)

    def _note(self, done: Sequence[Claim[InboxRow]]) -> None:
        """What was dealt with is told and counted together."""
        if done:
            metrics, now = self._bot.metrics, self._bot.machine_clock.now()
            metrics.dealt_with.add("done", len(done))
            received = [claim.row.received_at for claim in done]
            metrics.dealing.observe(*((now - each).total_seconds() for each in received))
            log.info("events dealt with", traces=[claim.row.id for claim in done])

    def _settle(self, session: Session, claim: Claim[InboxRow], outcome: Outcome) -> bool:
        now = self._bot.machine_clock.now()
        try:
            if outcome.again_in is not None:
                was_tried: dict[str, Any] = {"losses": 0} if outcome.again_in else {}
                queue.put_back(session, claim, not_before=now + outcome.again_in, **was_tried)
            elif outcome.is_of_nobody:
                inbox.forget(session, claim)
            elif outcome.error:
                queue.fail(session, claim, outcome.error, now=now)
            else:
                queue.finish(session, claim, body=None)
                for listener, error in outcome.failed.items():
                    inbox.deliver_later(session, claim.row, listener, error, now=now)
        except LeaseLost:
            log.warning("another worker took an event over", event_id=claim.row.event_id)
            return False
        return True

    def retry_step(self) -> bool:
        """Tries failed deliveries again; returns whether any were due."""
        if not self._has_work(DeliveryRow):
            return False
        with self._bot.database.transaction() as session:
            now = self._bot.machine_clock.now()
            listeners = {subscription.name for subscription in self._bot.subscriptions}
            claims = inbox.claim_deliveries(
                session, listeners, now=now, lease=self._lease, limit=BATCH
            )
        for claim in claims:
            with traces.under(claim.row.trace):
                self._retry(claim)
        return bool(claims)

    def forget_old(self, bot: Bot) -> None:
        """Drops what Slack cannot send again, what was said long ago, and buttons gone stale."""
        sent_before = bot.clock.now() - SENT_KEPT_FOR
        with bot.database.transaction() as session:
            inbox.forget_old(session, now=bot.machine_clock.now())
            outbox.forget_old(session, before=sent_before)
            actions.forget_old(session, now=bot.clock.now())
            triggers.forget_old(session, now=bot.clock.now())

    def _deal_with(self, arrived: Arrived, moves: Counter[Lane]) -> Outcome:
        row, payload = arrived.claim.row, arrived.payload
        try:
            if (change := access_change(payload)) is not None:
                self._access.note(change)
                return OF_NOBODY
            if arrived.is_of_nobody:
                return OF_NOBODY
            return self._hand_out(arrived, moves)
        except WorkspaceGone:
            return OF_NOBODY
        except (StillAsking, SlackError) as error:
            return _not_yet(row.team_id, error)
        except Exception as error:
            log.exception("event not dealt with", team=row.team_id, event_id=row.event_id)
            return Outcome({}, type(error).__name__)

    def _hand_out(self, arrived: Arrived, moves: Counter[Lane]) -> Outcome:
        event, team_id = arrived.event, arrived.claim.row.team_id
        if arrived.generation is None:
            home = self._home(team_id)
            arrived.generation = home.generation_of(arrived.payload) if home else None
            if home is None or arrived.generation is None:
                return OF_NOBODY
            if event is not None:
                seconds = self._asks_until - monotonic()
                self._meetings.ask(arrived.claim.row.id, event, seconds=seconds)
                together.store(self._bot, team_id, [event], generation=arrived.generation)
            if not home.admits(arrived.payload):
                raise UnknownWorkspace(f"({team_id})")
            wanted = together.wanted_by(self._bot, home, event, arrived.payload)
            arrived.wanted_by, arrived.listeners = wanted, [*wanted]
        elif arrived.is_stale(moves):
            with self._bot.database.reading() as session:
                together.sift(session, team_id, [arrived], moves)
        if event is None or not arrived.listeners:
            return DONE
        moves[arrived.lane] += 1
        told = (event, arrived.listeners)
        return Outcome(self._hearing.alone(*told, generation=arrived.generation))

    def _home(self, team_id: str) -> Home | None:
        with self._bot.database.reading() as session:
            return Home.of(session, team_id)

    def _meet(self, event: Event) -> None:
        """Learns who and what an event speaks of. Raises SlackError."""
        self._directory.ensure_known(event.team_id, people_in(event))
        if given := people_given(event):
            self._directory.ensure_fresh(event.team_id, given)
        self._directory.ensure_groups_known(event.team_id, groups_in(event))
        if channel_id := channel_to_know(event):
            self._directory.ensure_synced(event.team_id, channel_id)

    def _retry(self, claim: Claim[DeliveryRow]) -> None:
        payload = _payload(claim.row)
        event, home = parse_event(payload), self._home(claim.row.team_id)
        generation = home.generation_of(payload) if home else None
        error = None
        try:
            if event is not None and generation is not None:
                self._hearing.again(claim.row.listener, event, generation=generation)
        except WorkspaceGone:
            log.info("a delivery is of no use any more", team=claim.row.team_id)
        except Exception as raised:
            log.exception("listener failed again", listener=claim.row.listener)
            error = type(raised).__name__
        try:
            with self._bot.database.transaction() as session:
                if error is None:
                    queue.finish(session, claim, body=None)
                else:
                    queue.fail(session, claim, error, now=self._bot.machine_clock.now())
        except LeaseLost:
            log.info("a delivery went to another worker, or with its workspace")
            self._vouch([claim])


def _not_yet(team_id: str, error: StillAsking | SlackError) -> Outcome:
    if isinstance(error, StillAsking):
        return Outcome({}, again_in=SOON)
    log.warning("slack did not tell who it is about", team=team_id, error=error)
    if isinstance(error, SlackRateLimited):
        return Outcome({}, again_in=error.retry_after)
    is_for_an_operator = isinstance(error, SlackTokenDead | SlackScopeMissing)
    if isinstance(error, SlackRefused) and not is_for_an_operator:
        return Outcome({}, type(error).__name__)
    return Outcome({}, again_in=LATER)


def _arrived(claim: Claim[InboxRow]) -> Arrived:
    payload = _payload(claim.row)
    return Arrived(claim, payload, parse_event(payload))


def _payload(row: InboxRow | DeliveryRow) -> Json:
    """What came, as of the workspace that it is for: it may have happened in another one."""
    payload = read_object(row.body or b"")
    return {**payload, "team_id": row.team_id} if payload else {}
