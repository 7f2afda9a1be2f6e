"""A duty desk of five people and one channel, in which pages happen without Slack."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from bot.core import channels, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.outbox import Method, OutboxRow
from bot.core.people import Account
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import Workspace
from bot.features import redphone
from bot.features.redphone.jobs import Pages
from bot.features.redphone.models import PageResponderRow, PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import timeline
from bot.features.redphone.rules.acknowledging import Taken
from bot.features.redphone.rules.pages import New
from bot.features.redphone.service import acknowledging, pages
from tests.support.installed import installed

TEAM, CHANNEL, PRIVATE = "T1", "C1", "C2"
START: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
"""A Tuesday: 10:00 in Berlin, 13:30 in Kolkata, 05:00 in São Paulo, 01:00 in Los Angeles."""
TOM, ANA, SAM, PRIYA, GIL = "U1", "U2", "U3", "U4", "U5"
ZONES: Final = {
    TOM: "Europe/Berlin",
    ANA: "America/Sao_Paulo",
    SAM: "America/Los_Angeles",
    PRIYA: "Asia/Kolkata",
    GIL: "Europe/Berlin",
}
GUESTS: Final = {GIL}
FIRE: Final = "Nobody can sign up"


class Desk:
    """The house with the red phone alone, on a clock that tests move."""

    def __init__(self, database: Database) -> None:
        self.clock = StoppedClock(START)
        self.bot = Bot(database, self.clock, SystemClock())
        redphone.register(self.bot)
        self.bot.complete()
        installed(self.bot, TEAM)
        with self.unit() as uow:
            home = Workspace(TEAM, "Tideline", "https://t.slack.com/", "B1", "UBOT", frozenset())
            workspaces.save(uow.session, home, now=START)
            for user_id in ZONES:
                self.meet(uow, user_id, is_member=user_id not in GUESTS)
            for channel_id, is_private in ((CHANNEL, False), (PRIVATE, True)):
                room = Channel(
                    channel_id, channel_id.lower(), is_private, is_member=True, creator_id=TOM
                )
                members = [TOM, SAM] if is_private else list(ZONES)
                channels.save(uow.session, TEAM, room, members, as_of=START)

    def meet(self, uow: UnitOfWork, user_id: str, *, is_member: bool) -> None:
        """Slack tells of somebody."""
        account = Account(user_id, f"Person {user_id}", ZONES[user_id], is_member=is_member)
        people.save(uow.session, TEAM, account, now=uow.now)

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """A unit of work."""
        with self.bot.begin(TEAM, during="interaction") as uow:
            yield uow

    def page(
        self, whom: str = TOM, *, by: str = SAM, where: str = CHANNEL, is_drill: bool = False
    ) -> UUID:
        """Somebody pages somebody."""
        target = f"person:{whom}"
        new = New(str(new_id()), by, "Production down", FIRE, "", target, where, is_drill=is_drill)
        with self.unit() as uow:
            made = pages.begin(uow, new)
            assert isinstance(made, PageRow)
            return made.id

    def press(self, page_id: UUID, user_id: str, through: str = "button") -> Taken:
        """Somebody is on it."""
        with self.unit() as uow:
            return acknowledging.acknowledge(uow, page_id, user_id, through=through)

    def wait(self, **by: float) -> None:
        """The clock goes on, and whatever is due by then is seen to."""
        self.clock.set(self.clock.now() + timedelta(**by))
        self.see_to_it()

    def see_to_it(self) -> None:
        """Whatever is due is seen to."""
        lane = Pages(self.bot)
        while lane.step():
            pass
        for job in self.bot.jobs:
            job.run(self.bot)

    def look(self, page_id: UUID) -> PageRow:
        """A page as it stands."""
        with self.unit() as uow:
            page = queries.page(uow, page_id)
            assert page is not None
            uow.session.expunge(page)
            return page

    def happened(self, page_id: UUID) -> list[str]:
        """What happened on a page, in order."""
        with self.unit() as uow:
            return [each.kind for each in timeline.of(uow, page_id)]

    def responders(self, page_id: UUID) -> dict[str, str]:
        """How each responder came to be one."""
        with self.unit() as uow:
            own = PageResponderRow.page_id == page_id
            rows = uow.session.scalars(select(PageResponderRow).where(own))
            return {each.user_id: each.how for each in rows}

    def queued_to(self, user_id: str, *, method: Method = Method.POST) -> Sequence[OutboxRow]:
        """What was queued for somebody, by age."""
        with self.bot.reading() as (session, _):
            theirs = (OutboxRow.recipient == user_id) & (OutboxRow.method == method)
            return session.scalars(select(OutboxRow).where(theirs).order_by(OutboxRow.id)).all()

    def texts_to(self, user_id: str) -> list[str]:
        """What was written to somebody directly, by age."""
        return [each.payload.get("text", "") for each in self.queued_to(user_id)]
