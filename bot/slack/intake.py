"""Works through the inbox: store what was said, meet who said it, hand it to the features."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast, get_args

from bot.core import inbox, logs, message_store, queue
from bot.core.bot import Bot
from bot.core.crash import crash_point
from bot.core.events import Conversation, Event
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.queue import Claim
from bot.slack.directory import Directory
from bot.slack.dispatch import Dispatch
from bot.slack.inbound import parse_event, people_in

log = logs.get(__name__)

BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event: the listeners that failed, or the error that stopped it."""

    failed: Mapping[str, str]
    error: str | None = None


class Intake:
    """Claims events and deals with them, in order within a conversation."""

    def __init__(
        self, bot: Bot, dispatch: Dispatch, directory: Directory, *, lease: timedelta
    ) -> None:
        self._bot, self._dispatch, self._directory = bot, dispatch, directory
        self._lease = lease

    def step(self) -> bool:
        """Deals with the events that are due; returns whether there were any."""
        with self._bot.database.transaction() as session:
            now = self._bot.machine_clock.now()
            claims = inbox.claim(session, now=now, lease=self._lease, limit=BATCH)
        if not claims:
            return False
        crash_point("intake.after_claim")
        outcomes = [(claim, self._deal_with(claim.row)) for claim in claims]
        crash_point("intake.before_done")
        with self._bot.database.transaction() as session:
            now = self._bot.machine_clock.now()
            for claim, outcome in outcomes:
                if outcome.error:
                    queue.fail(session, claim, outcome.error, now=now)
                    continue
                for listener, error in outcome.failed.items():
                    inbox.deliver_later(session, claim.row, listener, error, now=now)
                queue.finish(session, claim, body=None)
        return True

    def retry_step(self) -> bool:
        """Tries failed deliveries again; returns whether any were due."""
        with self._bot.database.transaction() as session:
            now = self._bot.machine_clock.now()
            claims = inbox.claim_deliveries(session, now=now, lease=self._lease, limit=BATCH)
        for claim in claims:
            self._retry(claim)
        return bool(claims)

    def forget_old(self, bot: Bot) -> None:
        """Drops events so old that Slack cannot send them again."""
        with bot.database.transaction() as session:
            inbox.forget_old(session, now=bot.machine_clock.now())

    def _deal_with(self, row: InboxRow) -> Outcome:
        payload = _payload(row)
        event = parse_event(payload)
        if event is None:
            return Outcome({})
        try:
            self._directory.ensure_known(event.team_id, people_in(event))
            self._store(event)
            return Outcome(self._dispatch.deliver(payload, event) or {})
        except Exception as error:
            log.exception("event not dealt with", team=row.team_id, event_id=row.event_id)
            return Outcome({}, type(error).__name__)

    def _store(self, event: Event) -> None:
        if isinstance(event, get_args(Conversation)):
            with self._bot.database.transaction() as session:
                message_store.record(session, cast("Conversation", event))

    def _retry(self, claim: Claim[DeliveryRow]) -> None:
        event = parse_event(_payload(claim.row))
        error = None
        try:
            if event is not None:
                self._dispatch.deliver_to(claim.row.listener, event)
        except Exception as raised:
            log.exception("listener failed again", listener=claim.row.listener)
            error = type(raised).__name__
        with self._bot.database.transaction() as session:
            if error is None:
                queue.finish(session, claim, body=None)
            else:
                queue.fail(session, claim, error, now=self._bot.machine_clock.now())


def _payload(row: InboxRow | DeliveryRow) -> dict[str, Any]:
    payload = json.loads(row.body or b"{}")
    return payload if isinstance(payload, dict) else {}
