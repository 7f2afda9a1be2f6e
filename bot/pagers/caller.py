"""Makes the attempts of one pager: each once, within a time, and tells what became of it.

A row is leased, and the lease committed, before anybody is called. One whose lease ran out may have
reached somebody, so it is not repeated: it is told as unknown. What calls an incident off is.
"""

from dataclasses import fields
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from bot.core import addresses, attempts, links, logs, queue, traces
from bot.core.addresses import Column
from bot.core.attempts import AttemptRow, Outcome
from bot.core.bot import Bot
from bot.core.crash import crash_point
from bot.core.errors import (
    CannotDecrypt,
    LeaseLost,
    PagerOutcomeUnknown,
    PagerRefused,
    PagerUnavailable,
)
from bot.core.events import AttemptSettled
from bot.core.ports import Act, Notice, Pager
from bot.core.queue import Claim
from bot.core.unit_of_work import UnitOfWork
from bot.pagers.patience import within

log = logs.get(__name__)

CALL_SECONDS: Final = 20.0
LEASE: Final = timedelta(seconds=CALL_SECONDS + 5)
NOT_SET_UP: Final = "not set up"
NO_ADDRESS: Final = "no address"
NOT_READABLE: Final = "not readable"
_SAID: Final = frozenset(field.name for field in fields(Notice)) - {"key", "link"}


class Caller:
    """Calls one pager for one row at a time; any number of callers may work side by side."""

    def __init__(self, bot: Bot, pager: Pager) -> None:
        self._bot, self._pager = bot, pager

    def step(self) -> bool:
        """Makes one attempt that is due; returns whether there was any."""
        own, now = AttemptRow.pager == self._pager.name, self._bot.machine_clock.now()
        with self._bot.database.reading() as session:
            if not queue.is_due(session, AttemptRow, own, now=now):
                return False
        claim = self._claim()
        if claim is None:
            return False
        with traces.under(claim.row.trace):
            outcome, error = self._attempt(claim.row)
            crash_point("attempt.after_call")
            _settle(self._bot, claim, outcome, error)
        return True

    def _claim(self) -> Claim[AttemptRow] | None:
        with self._bot.database.transaction() as session:
            claims = queue.claim(
                session,
                AttemptRow,
                AttemptRow.pager == self._pager.name,
                now=self._bot.machine_clock.now(),
                lease=LEASE,
                limit=1,
            )
            for claim in claims:
                claim.row.claimed_at = self._bot.clock.now()
        if claims:
            crash_point("attempt.after_claim")
        return claims[0] if claims else None

    def _attempt(self, row: AttemptRow) -> tuple[Outcome, str]:
        """What became of it, and the code of what went wrong."""
        try:
            notice, address = self._said(row)
            lease_until = row.lease_until
            seconds = timedelta(seconds=CALL_SECONDS)
            if lease_until and self._bot.machine_clock.now() > lease_until - seconds:
                raise PagerUnavailable("(stood still)")  # somebody may tell it as unknown by now
            within(CALL_SECONDS, partial(self._pager.call, notice, address))
        except PagerUnavailable as error:
            return Outcome.UNAVAILABLE, _code(error)
        except CannotDecrypt:
            return Outcome.REFUSED, NOT_READABLE
        except PagerRefused as error:
            return Outcome.REFUSED, _code(error)
        except PagerOutcomeUnknown as error:
            return Outcome.UNKNOWN, _code(error)
        except Exception as error:  # noqa: BLE001 - an error's text may hold what people wrote
            return Outcome.UNKNOWN, type(error).__name__
        return Outcome.ACCEPTED, ""

    def _said(self, row: AttemptRow) -> tuple[Notice, str]:
        """What is said, and to which address. Raises PagerRefused and CannotDecrypt."""
        kind, house = self._pager.address_kind, self._bot.house
        link, address = "", ""
        sealed = row.payload.get("sealed")
        with self._bot.database.reading() as session:
            if kind:
                whose = (row.team_id, row.user_id, kind)
                column: Column = "wanted" if sealed else "address"
                address = addresses.read(session, house.keyring, *whose, column=column) or ""
            if row.payload.get("link_id") and house.public_url:
                link_id = UUID(row.payload["link_id"])
                where = (house.keyring, house.public_url, row.team_id)
                link = links.url(session, *where, link_id)
        if kind and not address:
            raise PagerRefused(f"({NO_ADDRESS})")
        said = {name: part for name, part in row.payload.items() if name in _SAID}
        said["act"] = Act(said["act"])
        if sealed:
            said["text"] = attempts.opened(house.keyring, row.team_id, row.key, sealed)
        return Notice(key=row.key, link=link, **said), address


class Leftovers:
    """Sees to attempts that nobody makes: of processes that died, and of unknown pagers."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def step(self) -> bool:
        """Tells what became of those that are left over; returns whether there were any."""
        now = self._bot.machine_clock.now()
        with self._bot.database.reading() as session:
            lost = attempts.lost(session, now=now)
            unmade = attempts.unmade(session, self._bot.house.pagers, now=now)
        self._bot.each(((row.team_id, row) for row in lost), self._tell_lost)
        self._bot.each(((row.team_id, row) for row in unmade), self._refuse)
        return False

    def _tell_lost(self, uow: UnitOfWork, row: AttemptRow) -> None:
        now = self._bot.machine_clock.now()
        if attempts.is_repeated(row):
            attempts.free_lost(uow.session, row, now=now)
        elif attempts.end_lost(uow.session, row, now=now):
            _tell(self._bot, uow, row, Outcome.UNKNOWN, "lost")

    def _refuse(self, uow: UnitOfWork, row: AttemptRow) -> None:
        if attempts.end_unmade(uow.session, row, NOT_SET_UP):
            _tell(self._bot, uow, row, Outcome.REFUSED, NOT_SET_UP)


def _settle(bot: Bot, claim: Claim[AttemptRow], outcome: Outcome, error: str) -> None:
    try:
        work = partial(_finish, bot, claim, outcome, error)
        bot.perform(claim.row.team_id, work, during="job")
    except LeaseLost:
        log.warning("told as unknown before", pager=claim.row.pager, key=claim.row.key)
    crash_point("attempt.after_settle")


def _finish(
    bot: Bot, claim: Claim[AttemptRow], outcome: Outcome, error: str, uow: UnitOfWork
) -> None:
    why = attempts.noted(outcome, error)
    if why and outcome is not Outcome.REFUSED and attempts.is_repeated(claim.row):
        queue.fail(uow.session, claim, why, now=bot.machine_clock.now(), give_up=False)
        return
    queue.finish(uow.session, claim, payload={}, error=why)
    _tell(bot, uow, claim.row, outcome, error)


def _tell(bot: Bot, uow: UnitOfWork, row: AttemptRow, outcome: Outcome, error: str) -> None:
    if outcome is Outcome.ACCEPTED:
        log.info("taken by a pager", pager=row.pager, key=row.key)
    else:
        log.warning("not known to have arrived", pager=row.pager, key=row.key, error=error)
    settled = AttemptSettled(
        team_id=uow.team_id, key=row.key, pager=row.pager, outcome=outcome, error=error
    )
    bot.emit(settled, uow)


def _code(error: PagerUnavailable | PagerRefused | PagerOutcomeUnknown) -> str:
    return error.detail.strip("()")
