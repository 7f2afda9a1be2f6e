"""Works through the outbox: within the rate limits, each message once.

A row is leased, and the lease committed, before anything is sent. Where the outcome is not known
afterwards, the row waits until Slack can no longer carry the call out late; then the channel's
history tells whether it arrived. Only calls that may be repeated are simply repeated.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import false, or_, true
from sqlalchemy.orm import Session

from bot.core import breakers, channels, logs, outbox, queue, rate_limits, traces, workspaces
from bot.core.agreement import reading
from bot.core.attention import OFF, Urgency
from bot.core.bot import Bot
from bot.core.charts import Chart
from bot.core.crash import crash_point
from bot.core.db import untangled
from bot.core.errors import (
    ChartNotDrawn,
    LeaseLost,
    SlackError,
    SlackOutcomeUnknown,
    SlackRateLimited,
    SlackRefused,
    SlackTokenDead,
    SlackUnreachable,
)
from bot.core.events import (
    ChannelMade,
    MessageHeldBack,
    MessageNotSent,
    MessageSent,
    MessageSlowed,
)
from bot.core.outbox import POSTS, Method, OutboxRow, Sent
from bot.core.queue import Claim, State
from bot.core.quotations import INSTEAD
from bot.core.turns import Turns
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, sight_of_all
from bot.slack import channel_calls
from bot.slack.gateway import Gateway
from bot.slack.limits import Pauses, limits, shared_limits
from bot.slack.tokens import GONE

log = logs.get(__name__)

SPARED: Final = frozenset({Urgency.DIGEST, Urgency.ROUTINE})
_STEPS: Final = frozenset({Method.STEP_DONE, Method.STEP_FAILED})
_ABOUT_CHANNELS: Final = frozenset({Method.CREATE, Method.INVITE, Method.TOPIC, Method.ARCHIVE})
_REPEATABLE: Final = (
    _STEPS | _ABOUT_CHANNELS | {Method.UPDATE, Method.PUBLISH, Method.REDRAW, Method.UPLOAD}
)
_IS_KNOWN: Final = OutboxRow.method.in_([*Method])
"""A newer version may queue what this one cannot send: it is left to that."""
OVER: Final = "its workspace is gone"
NEVER_SENT: Final = "original_not_sent"
CLOSED: Final = "not_found"
"""What Slack says of a view that is not open."""
NEW_TOKEN_WAIT: Final = timedelta(minutes=1)
NEW_LEAVE_WAIT: Final = timedelta(seconds=1)
"""What was claimed just before the app was installed again is claimed once more."""
URGENT_WAIT: Final = timedelta(seconds=10)
SLOW: Final = timedelta(seconds=2)
"""What is urgent and has to wait for longer is told to whoever queued it."""
WORTH_SENDING: Final = {False: timedelta(days=1), True: timedelta(minutes=5)}
"""How long a message is tried, and an urgent one, before somebody else has to see to it."""
_URGENT: Final = OutboxRow.urgent == true()
_NOT_URGENT: Final = OutboxRow.urgent == false()
_CALLS_SOMEBODY: Final = (
    OutboxRow.method.in_(sorted(POSTS)),
    or_(*(OutboxRow.recipient.startswith(letter) for letter in outbox.PERSON)),
)
CHECKED_AGAIN_AFTER: Final = timedelta(seconds=10)
LOOK_BACK: Final = timedelta(minutes=1)  # Slack's clock and ours may differ


class Sender:
    """Sends one row at a time; any number of senders may work side by side."""

    def __init__(self, bot: Bot, gateway: Gateway, *, margin: timedelta) -> None:
        """`margin`: how late Slack may still carry out a call that timed out here."""
        self._bot, self._gateway = bot, gateway
        self._patience = gateway.timeout + margin
        self._paused = Pauses()
        self._unwell: frozenset[str] = frozenset()
        of_outbox = partial(Turns, OutboxRow, states=outbox.OPEN, is_one_each=True)
        self._calling = of_outbox(_URGENT, *_CALLS_SOMEBODY)
        self._urgent, self._others = of_outbox(_URGENT), of_outbox(_NOT_URGENT)

    def step(self) -> bool:
        """Sends one message that is due, or looks one up; returns whether there was any."""
        return self._step(self._urgent, self._others)

    def urgent_step(self) -> bool:
        """The same with nothing but what is urgent, so that no slow call holds that up.

        What calls somebody goes before what only shows others how a page stands.
        """
        return self._step(self._calling, self._urgent)

    def _step(self, *lines: Turns[OutboxRow]) -> bool:
        """Takes from the first of the lines in which there is anything."""
        now = self._bot.machine_clock.now()
        with self._bot.database.reading() as session:
            waiting = [line for line in lines if line.has_work(session, now=now)]
            has_lost = queue.has_lost(session, OutboxRow, now=now)
        if has_lost:
            with self._bot.database.transaction() as session:
                _expire_leases(session, now, self._patience)
        claim = self._claim(*waiting) if waiting else None
        if claim is None:
            return False
        with traces.under(claim[0].row.trace):
            if claim[0].was == State.UNKNOWN:
                self._look_up(*claim)
            else:
                self._send(*claim)
        return True

    def _claim(self, *lines: Turns[OutboxRow]) -> tuple[Claim[OutboxRow], Gateway] | None:
        """Something to send or to look up, and how Slack is asked by whose leave it was claimed."""
        found = map(self._claim_from, lines or (self._urgent, self._others))
        return next(filter(None, found), None)

    def _claim_from(self, line: Turns[OutboxRow]) -> tuple[Claim[OutboxRow], Gateway] | None:
        now, domain_now = self._bot.machine_clock.now(), self._bot.clock.now()
        with self._bot.database.transaction() as session:
            claim = self._take(session, line, now)
            if claim is None:
                return None
            if self._is_void(session, claim, domain_now):
                self._go_on()
                return None
            slack = self._under(session, claim.row.team_id)
            later = self._not_before(session, claim, now)
            if later is None and claim.was == State.READY:
                claim.row.sent_after = domain_now
        if later is None:
            if claim.was == State.READY:
                crash_point("outbox.after_claim")
            return claim, slack
        if later - now > SLOW and _is_news(claim.row):
            self._put_behind(claim, later)
        self._go_on()
        return None

    def _take(
        self, session: Session, line: Turns[OutboxRow], now: datetime
    ) -> Claim[OutboxRow] | None:
        """Of what is urgent somebody is told also where Slack takes no call, or is left alone."""
        unwell = breakers.unwell(session)
        self._unwell = frozenset(unwell)
        resting: frozenset[str] = frozenset()
        if line is self._others:
            resting = workspaces.parked(session) | breakers.resting(unwell, now)
        claims = line.claim(
            session,
            now=now,
            lease=self._patience,
            limit=1,
            resting=resting,
            free=lambda team_id: (*self._paused.free(team_id, now), _IS_KNOWN),
        )
        return claims[0] if claims else None

    def _is_void(self, session: Session, claim: Claim[OutboxRow], now: datetime) -> bool:
        """Whether a row is of no use any more; then it is dropped."""
        row, why_not = claim.row, ""
        if workspaces.find(session, row.team_id) is None:
            why_not = OVER
        elif claim.was == State.READY:
            why_not = _why_not(session, row, now) or _place(session, row)
        if why_not:
            queue.finish(session, claim, State.DROPPED, payload={}, error=why_not)
        return bool(why_not)

    def _not_before(
        self, session: Session, claim: Claim[OutboxRow], now: datetime
    ) -> datetime | None:
        """When a row may be dealt with, and puts it back until then; None: now."""
        row, later = claim.row, None
        if claim.was == State.READY:
            later = rate_limits.take(session, row.team_id, limits(row), now)
            if later is not None:
                self._note_full(session, row, later, now)
        if later is None and not row.urgent and row.team_id in self._unwell:
            patience = self._patience * 2
            later = breakers.enter(session, row.team_id, now=now, patience=patience)
        if later is None and claim.was == State.UNKNOWN:
            queue.extend(session, claim, until=now + self._patience * 2)
        elif later is not None and (later - now <= SLOW or not _is_news(row)):
            queue.put_back(session, claim, claim.was, not_before=later)
        return later

    def _note(self, session: Session, team_id: str, error: SlackError | None) -> None:
        """What a call came to says how well Slack is; None: it was done."""
        was_asked = not (isinstance(error, SlackRefused) and error.code == NEVER_SENT)
        if was_asked and (error is not None or team_id in self._unwell):
            breakers.note(session, team_id, error, now=self._bot.machine_clock.now())

    def _under(self, session: Session, team_id: str) -> Gateway:
        return self._gateway.under(workspaces.generation_of(session, team_id))

    def _note_full(self, session: Session, row: OutboxRow, until: datetime, now: datetime) -> None:
        for scope in shared_limits(row):
            if rate_limits.is_full(session, row.team_id, scope, now):
                self._paused.add(row.team_id, scope, until)

    def _put_behind(self, claim: Claim[OutboxRow], until: datetime) -> None:
        """Something urgent has to wait for others that Slack slows down."""
        with self._bot.begin(claim.row.team_id, during="job") as uow:
            queue.put_back(uow.session, claim, not_before=until, error="slowed")
            self._tell_slowed(uow, claim.row, until)
        self._go_on()

    def _go_on(self) -> None:
        """There may be more that is due right behind a row that is not."""
        self._bot.outbox_filled.set()

    def _send(self, claim: Claim[OutboxRow], slack: Gateway) -> None:
        if claim.row.shows and not self._may_still_be_read(claim):
            return
        if not self._is_in_time(claim):
            return  # this process stood still: another sender may look it up by now
        if claim.row.method == Method.UPLOAD:
            self._upload(claim, slack)
            return
        try:
            sent = self._call(claim.row, slack)
        except SlackError as error:
            if _is_closed_form(claim.row, error):
                self._settle_closed(claim, str(error))
            else:
                self._settle_error(claim, error)
            return
        crash_point("outbox.after_post")
        self._settle_sent(claim, sent)

    def _is_in_time(self, claim: Claim[OutboxRow]) -> bool:
        """Whether a call would end within the lease; one that runs out soon is taken anew first."""
        if self._lasts(claim, self._gateway.timeout):
            return True
        if not self._lasts(claim, timedelta()):
            return False
        try:
            with self._bot.database.transaction() as session:
                self._take_anew(session, claim)
        except LeaseLost:
            return False
        return True

    def _lasts(self, claim: Claim[OutboxRow], seconds: timedelta) -> bool:
        ends = claim.row.lease_until
        return ends is not None and self._bot.machine_clock.now() <= ends - seconds

    def _take_anew(self, session: Session, claim: Claim[OutboxRow]) -> None:
        until = self._bot.machine_clock.now() + self._patience
        queue.extend(session, claim, until=until)

    def _upload(self, claim: Claim[OutboxRow], slack: Gateway) -> None:
        """Brings a picture to Slack, where nobody sees it before the row's next step."""
        row = claim.row
        try:
            png = self._bot.charts.draw(Chart.from_json(row.payload["chart"]))
            file_id = slack.upload(row.team_id, png, f"{row.id}.png", row.payload["alt"])
        except ChartNotDrawn as error:
            with self._bot.begin(row.team_id, during="job") as uow:
                self._give_up(uow, claim, str(error))
            return
        except SlackError as error:
            self._settle_error(claim, error)
            return
        share = {"file": file_id, "text": row.payload["text"]}
        with self._bot.begin(row.team_id, during="job") as uow:
            self._note(uow.session, uow.team_id, None)
            now = self._bot.machine_clock.now()
            queue.put_back(
                uow.session, claim, method=Method.SHARE, payload=share, not_before=now, error=None
            )
        self._go_on()

    def _may_still_be_read(self, claim: Claim[OutboxRow]) -> bool:
        """Whether its reader may see now what it shows; if not, it is not sent."""
        settle = partial(self._settle_by_sight, claim)
        try:
            return self._bot.perform(claim.row.team_id, settle, during="job")
        except LeaseLost:
            return False  # asking took so long that another sender may look it up by now

    def _settle_by_sight(self, claim: Claim[OutboxRow], uow: UnitOfWork) -> bool:
        row = claim.row
        match sight_of_all(uow, row.recipient, row.shows or ()):
            case Sight.CLOSED:
                why = "its reader may not see it any more"
                queue.finish(uow.session, claim, State.DROPPED, payload={}, error=why)
                self._bot.emit(MessageHeldBack(team_id=uow.team_id, key=row.key), uow)
            case Sight.UNSURE:
                later = self._bot.machine_clock.now() + CHECKED_AGAIN_AFTER
                why = "could not check that its reader may see it"
                queue.put_back(uow.session, claim, not_before=later, error=why)
                self._tell_slowed(uow, row, later)
            case Sight.OPEN:
                if not self._lasts(claim, self._gateway.timeout):  # asking took long
                    self._take_anew(uow.session, claim)
                return True
        return False

    def _call(self, row: OutboxRow, slack: Gateway) -> Sent | None:
        match row.method:
            case Method.POST:
                return slack.post(row.team_id, row.recipient, _shown(row), row.id)
            case Method.WHISPER:
                slack.whisper(row.team_id, row.recipient, row.payload)
            case Method.UPDATE:
                self._update(row, slack)
            case Method.STEP_DONE:
                slack.end_step(row.team_id, row.recipient, row.payload["outputs"])
            case Method.STEP_FAILED:
                slack.fail_step(row.team_id, row.recipient, row.payload["error"])
            case Method.SHARE:
                file_id, text = row.payload["file"], row.payload["text"]
                slack.share(row.team_id, row.recipient, file_id, text)
            case Method.CREATE | Method.INVITE | Method.TOPIC | Method.ARCHIVE:
                return channel_calls.call(slack, self._bot.database, row)
            case Method.REDRAW:
                slack.update_view(row.team_id, row.payload["view"])
            case _:
                slack.publish_home(row.team_id, row.recipient, row.payload["view"])
        return None

    def _update(self, row: OutboxRow, slack: Gateway) -> None:
        with self._bot.reading() as (session, _):
            original = outbox.find(session, row.team_id, row.revises) if row.revises else row
        if original is None or original.sent_channel is None or original.sent_ts is None:
            raise SlackRefused(NEVER_SENT)
        sent = Sent(original.sent_channel, original.sent_ts)
        slack.update(row.team_id, sent, _shown(row))

    def _settle_sent(self, claim: Claim[OutboxRow], sent: Sent | None) -> None:
        """Notes what Slack did; whoever changes the message at this moment waits, or this does."""
        untangled(partial(self._note_sent, claim, sent))
        crash_point("outbox.after_settle")
        self._bot.metrics.sends.add("sent")
        row = claim.row
        log.info("sent", team=row.team_id, method=row.method, row=row.id)

    def _note_sent(self, claim: Claim[OutboxRow], sent: Sent | None) -> None:
        row = claim.row
        channel_id, ts = (sent.channel_id, sent.ts) if sent else (None, None)
        with self._bot.begin(row.team_id, during="job") as uow:
            values: dict[str, Any] = {} if row.quotes else {"payload": {}}
            values |= {"sent_channel": channel_id, "sent_ts": ts}
            queue.finish(uow.session, claim, **values, error=None)
            self._note(uow.session, uow.team_id, None)
            if sent is not None and row.method == Method.CREATE:
                channels.mark_unsynced(uow.session, uow.team_id, sent.channel_id)
                made = ChannelMade(team_id=uow.team_id, key=row.key, channel_id=sent.channel_id)
                self._bot.emit(made, uow)
            elif sent is not None:
                told = MessageSent(
                    team_id=uow.team_id, key=row.key, channel_id=sent.channel_id, ts=sent.ts
                )
                self._bot.emit(told, uow)

    def _settle_error(self, claim: Claim[OutboxRow], error: SlackError) -> None:
        row, now = claim.row, self._bot.machine_clock.now()
        log.warning("not sent", method=row.method, key=row.key, error=error)
        self._bot.metrics.sends.add(_outcome(error))
        with self._bot.begin(row.team_id, during="job") as uow:
            session = uow.session
            if isinstance(error, SlackRateLimited):
                until = now + error.retry_after
                rate_limits.pause(session, row.team_id, row.method, until)
                queue.put_back(session, claim, not_before=until, error=str(error))
                self._tell_slowed(uow, row, until)
            elif isinstance(error, SlackTokenDead):
                until = now + (NEW_LEAVE_WAIT if error.code == GONE else NEW_TOKEN_WAIT)
                queue.put_back(session, claim, not_before=until, error=str(error))
                self._tell_slowed(uow, row, until)
            elif isinstance(error, SlackRefused) and _is_not_worth_keeping(row, error):
                queue.finish(session, claim, State.DROPPED, payload={}, error=str(error))
            elif isinstance(error, SlackRefused):
                self._give_up(uow, claim, str(error), code=error.code)
            elif isinstance(error, SlackOutcomeUnknown) and row.method == Method.WHISPER:
                queue.finish(session, claim, State.DROPPED, payload={}, error=str(error))
            elif isinstance(error, SlackOutcomeUnknown) and row.method in POSTS:
                until = now + self._patience
                queue.finish(session, claim, State.UNKNOWN, not_before=until, error=str(error))
                self._tell_slowed(uow, row, until)
            else:
                until = now + _wait(row, row.attempts)
                queue.finish(session, claim, State.READY, not_before=until, error=str(error))
                self._tell_slowed(uow, row, until)
            self._note(session, row.team_id, error)

    def _tell_slowed(self, uow: UnitOfWork, row: OutboxRow, until: datetime) -> None:
        """Whoever queued something urgent may want to go another way meanwhile; told once."""
        if _is_news(row):
            self._bot.emit(MessageSlowed(team_id=uow.team_id, key=row.key, until=until), uow)

    def _settle_closed(self, claim: Claim[OutboxRow], error: str) -> None:
        """A form is opened only after its unit of work: one that is not open may be so soon."""
        with self._bot.begin(claim.row.team_id, during="job") as uow:
            if claim.row.attempts == 1:
                queue.fail(uow.session, claim, error, now=self._bot.machine_clock.now())
            else:
                queue.finish(uow.session, claim, State.DROPPED, payload={}, error=error)

    def _give_up(
        self, uow: UnitOfWork, claim: Claim[OutboxRow], error: str, *, code: str = ""
    ) -> None:
        """Whoever queued it may want to do something about its not being sent.

        Nobody wants to if they took it back meanwhile.
        """
        row = outbox.find(uow.session, uow.team_id, claim.row.key, lock=True)
        if row is not None and row.drop_after and row.drop_after < uow.now:
            queue.finish(uow.session, claim, State.DROPPED, payload={}, error=error)
            return
        is_of_use = claim.row.method not in _ABOUT_CHANNELS  # its moment is over
        state = State.DEAD if is_of_use else State.DROPPED
        queue.finish(uow.session, claim, state, error=error)
        place = claim.row.recipient
        channel_id = "" if place.startswith(outbox.PERSON) else place
        told = MessageNotSent(
            team_id=uow.team_id, key=claim.row.key, channel_id=channel_id, code=code
        )
        self._bot.emit(told, uow)

    def _look_up(self, claim: Claim[OutboxRow], slack: Gateway) -> None:
        row = claim.row
        since = (row.sent_after or row.queued_at) - LOOK_BACK
        try:
            sent = self._find(row, since, slack)
        except SlackError as error:
            self._settle_failed_look_up(claim, error)
            return
        crash_point("reconcile.after_lookup")
        if sent is not None:
            self._settle_sent(claim, sent)
            return
        is_over = self._bot.clock.now() - row.queued_at > WORTH_SENDING[row.urgent]
        tries = row.attempts // 2  # each has its look-up
        wait = _wait(row, tries - 1) if tries > 1 else timedelta()
        later = self._bot.machine_clock.now() + wait
        with self._bot.begin(row.team_id, during="job") as uow:
            self._note(uow.session, uow.team_id, None)
            if is_over:
                self._give_up(uow, claim, "never arrived")
            else:
                waits = {"not_before": later, "error": "did not arrive"}
                queue.finish(uow.session, claim, State.READY, **waits)
        self._go_on()

    def _find(self, row: OutboxRow, since: datetime, slack: Gateway) -> Sent | None:
        if row.method == Method.SHARE:
            return slack.find_shared(row.team_id, row.recipient, row.payload["file"], since)
        thread_ts = row.payload.get("thread_ts")
        return slack.find_posted(row.team_id, row.recipient, thread_ts, row.id, since)

    def _settle_failed_look_up(self, claim: Claim[OutboxRow], error: SlackError) -> None:
        wait = _wait(claim.row, claim.row.attempts + 2)
        if isinstance(error, SlackRateLimited):
            wait = max(wait, error.retry_after)
        later = self._bot.machine_clock.now() + wait
        with self._bot.begin(claim.row.team_id, during="job") as uow:
            self._note(uow.session, uow.team_id, error)
            if isinstance(error, SlackRefused) and not isinstance(error, SlackTokenDead):
                sentence = f"may have been posted; the history could not be read: {error}"
                self._give_up(uow, claim, sentence)
            else:
                queue.put_back(
                    uow.session, claim, State.UNKNOWN, not_before=later, error=str(error)
                )
                self._tell_slowed(uow, claim.row, later)


def _outcome(error: SlackError) -> str:
    """The word by which a call that came to this is counted."""
    match error:
        case SlackRateLimited():
            return "rate_limited"
        case SlackRefused():
            return "refused"
        case SlackUnreachable():
            return "unreachable"
        case _:
            return "unknown"


def _wait(row: OutboxRow, tries: int) -> timedelta:
    """How long until a row is tried again after so many tries."""
    wait = queue.backoff(tries)
    return min(wait, URGENT_WAIT) if row.urgent else wait


def _is_news(row: OutboxRow) -> bool:
    """Whether nobody was told yet that something urgent is not out."""
    return row.urgent and row.method in POSTS and not row.error


def _expire_leases(session: Session, now: datetime, patience: timedelta) -> None:
    """A sender died or froze: its row may be repeated, looked up, or is not worth either.

    Or it lives, and a clock went ahead: a call of its own ends within `patience`, and before that
    nobody can look up what came of it.
    """
    method = OutboxRow.method
    for where, state, wait in (
        (method.in_(sorted(POSTS)), State.UNKNOWN, patience),
        (method == Method.WHISPER, State.DROPPED, timedelta()),
        (method.in_(sorted(_REPEATABLE)), State.READY, timedelta()),
    ):
        queue.expire_leases(session, OutboxRow, where, now=now, to=state, wait=wait)


def _why_not(session: Session, row: OutboxRow, now: datetime) -> str:
    """Why a row is not to be sent any more; empty if it is."""
    if row.drop_after and row.drop_after < now:
        return "too late"
    if outbox.is_silenced(row.method, urgent=row.urgent):
        workspace = workspaces.find(session, row.team_id)
        if workspace is not None and workspace.is_paused:
            return outbox.PAUSED
    if row.urgency in SPARED and reading.value(session, row.team_id, OFF, user_id=row.recipient):
        return "left alone"
    return ""


def _place(session: Session, row: OutboxRow) -> str:
    """Finds the thread of a message that stands under another one of ours; or why it cannot."""
    under = row.payload.get(outbox.UNDER)
    if under is None:
        return ""
    root = outbox.find(session, row.team_id, under)
    ts = root.sent_ts if root is not None else None
    if ts is None and row.recipient.startswith(outbox.PERSON):
        return NEVER_SENT
    rest = {name: part for name, part in row.payload.items() if name != outbox.UNDER}
    row.payload = rest | ({"thread_ts": ts} if ts else {})
    return ""


def _shown(row: OutboxRow) -> dict[str, Any]:
    """What Slack is given of a message."""
    return {name: part for name, part in row.payload.items() if name != INSTEAD}


def _is_not_worth_keeping(row: OutboxRow, error: SlackRefused) -> bool:
    """A hint is gone with its moment, so is a change of what was never sent, and a step's end."""
    return row.method in {Method.WHISPER, *_STEPS} or error.code == NEVER_SENT


def _is_closed_form(row: OutboxRow, error: SlackError) -> bool:
    is_closed = isinstance(error, SlackRefused) and error.code == CLOSED
    return row.method == Method.REDRAW and is_closed
