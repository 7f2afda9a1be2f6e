"""What the clock sees to: pages that have to go on, and whether they did."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import alarming as messages
from bot.features.redphone.queries import auditing, steps
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import reviews as review_queries
from bot.features.redphone.rules import auditing as rules
from bot.features.redphone.rules.auditing import Seen
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import acknowledging, alarming, escalating, reviews

log = logs.get(__name__)

BATCH: Final = 100

class Pages:
    """Goes on with the pages that are due, whoever else is busy."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def step(self) -> bool:
        """Sees to every page that is due; returns whether one went on."""
        with self._bot.reading() as (session, now):
            due = steps.due(session, now)
        went_on = [self._went_on(team_id, page_id) for team_id, page_id in due]
        return any(went_on)

    def _went_on(self, team_id: str, page_id: UUID) -> bool:
        try:
            with self._bot.begin(team_id, during="job") as uow:
                return _look(uow, page_id)
        except Exception as error:
            log.exception("page not advanced, and tried again", error=type(error).__name__)
            return False


def _look(uow: UnitOfWork, page_id: UUID) -> bool:
    """Whoever else looked at it at the same moment did it: then nothing is due any more."""
    page = queries.page(uow, page_id, lock=True)
    if page is None:
        return False
    if page.state == State.OPEN:
        return escalating.advance(uow, page_id)
    steps.close(uow, page_id)
    if page.next_at is None or page.next_at > uow.now:
        return False
    if page.state == State.ACKNOWLEDGED:
        acknowledging.look(uow, page)
    else:
        queries.set(uow, page_id, next_at=None)
    return True


def ask_for_reviews(bot: Bot) -> None:
    """Asks people whether what is over was an emergency, when they are open to it."""
    with bot.reading() as (session, now):
        due = review_queries.due(session, now, BATCH)
    bot.each(due, reviews.ask)


class Auditor:
    """Looks once a minute whether every open page goes on, and tells the world outside."""

    def __init__(self) -> None:
        self._before: list[Seen] = []

    def audit(self, bot: Bot) -> None:
        """One look. Only after a good one anybody outside hears that all is well."""
        with bot.reading() as (session, now):
            pages = auditing.open_ones(session)
        found = rules.audit(pages, self._before, now)
        self._before = pages
        bot.each(((each.team_id, each) for each in found.stuck), alarming.alarm)
        bot.each(((each.team_id, each) for each in found.calmed), alarming.calm)
        if found.is_well:
            bot.outside.heartbeat.beat()


def look_over(bot: Bot) -> Iterable[Checked]:
    """A line for `baton doctor`: whether pages go on."""
    with bot.reading() as (session, now):
        pages = auditing.open_ones(session)
    late = rules.audit(pages, (), now).late
    if not pages:
        return [Checked(messages.ABOUT, messages.NONE_OPEN)]
    if not late:
        return [Checked(messages.ABOUT, messages.all_go_on(len(pages)))]
    found = messages.some_are_late(len(pages), len(late))
    return [Checked(messages.ABOUT, found, messages.LOOK_AT_WORKERS)]
