"""What the clock sees to: pages that have to go on, and whether they did."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from bot.core import logs, workspaces
from bot.core.agreement import reading
from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.clock import monotonic
from bot.core.errors import CalendarRefused, CalendarUnavailable
from bot.features.redphone.messages import alarming as messages
from bot.features.redphone.messages import incidents as incident_words
from bot.features.redphone.rules import auditing as rules
from bot.features.redphone.rules import incidents as incident_rules
from bot.features.redphone.rules.auditing import Seen
from bot.features.redphone.service import (
    alarming,
    attending,
    changing,
    feeds,
    looking,
    reviews,
)

log = logs.get(__name__)

BATCH: Final = 100
CALENDARS: Final = 20
CALENDAR_SECONDS: Final = 60.0
"""After this long a run reads no further calendar: the next tick goes on."""


class Pages:
    """Goes on with the pages that are due, whoever else is busy."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def step(self) -> bool:
        """Sees to every page that is due; returns whether one went on."""
        with self._bot.reading() as (session, now):
            due = attending.due(session, now)
        went_on = [self._went_on(team_id, page_id) for team_id, page_id in due]
        return any(went_on)

    def _went_on(self, team_id: str, page_id: UUID) -> bool:
        try:
            with self._bot.begin(team_id, during="job") as uow:
                return attending.look(uow, page_id)
        except Exception as error:
            log.exception("page not advanced, and tried again", error=type(error).__name__)
            return False


class Auditor:
    """Looks once a minute whether every open page goes on, and tells the world outside."""

    def __init__(self) -> None:
        self._before: list[Seen] = []

    def audit(self, bot: Bot) -> None:
        """One look. Only after a good one anybody outside hears that all is well."""
        with bot.reading() as (session, now):
            pages = alarming.open_ones(session)
        found = rules.audit(pages, self._before, now)
        self._before = pages
        bot.each(((each.team_id, each) for each in found.stuck), alarming.alarm)
        bot.each(((each.team_id, each) for each in found.calmed), alarming.calm)
        if found.is_well:
            bot.outside.heartbeat.beat()


def look_over(bot: Bot) -> Iterable[Checked]:
    """A line for `baton doctor`: whether pages go on."""
    with bot.reading() as (session, now):
        pages = alarming.open_ones(session)
    late = rules.audit(pages, (), now).late
    if not pages:
        return [Checked(messages.ABOUT, messages.NONE_OPEN)]
    if not late:
        return [Checked(messages.ABOUT, messages.all_go_on(len(pages)))]
    found = messages.some_are_late(len(pages), len(late))
    return [Checked(messages.ABOUT, found, messages.LOOK_AT_WORKERS)]


def look_over_channels(bot: Bot) -> Iterable[Checked]:
    """A line for `baton doctor`: whether pages get the channels that are wanted."""
    with bot.reading() as (session, _):
        missing = {
            scope
            for each in workspaces.every(session)
            if reading.value(session, each.team_id, incident_rules.CHANNELS)
            for scope in (workspaces.CHANNELS, workspaces.PRIVATE_CHANNELS)
            if scope not in each.scopes
        }
    if not missing:
        return [Checked(incident_words.ABOUT, incident_words.AS_WANTED)]
    found = incident_words.not_granted(sorted(missing))
    return [Checked(incident_words.ABOUT, found, incident_words.TO_DO)]


def ask_for_reviews(bot: Bot) -> None:
    """Asks people whether what is over was an emergency, when they are open to it."""
    with bot.reading() as (session, now):
        due = reviews.due(session, now, BATCH)
    bot.each(due, reviews.ask)


def look_at_rotations(bot: Bot) -> None:
    """Reminds whoever is on call next, and tells when something is wrong with a rotation."""
    with bot.reading() as (session, now):
        due = looking.due(session, now, BATCH)
    bot.each(due, looking.look)


def forget_rotations(bot: Bot) -> None:
    """Deletes the rotations that were taken away and that nobody wanted back."""
    with bot.reading() as (session, now):
        gone = changing.gone(session, now)
    bot.each(gone, changing.forget)


def read_calendars(bot: Bot) -> None:
    """Reads the calendars that are due."""
    with bot.reading() as (session, now):
        due = feeds.due(session, now, CALENDARS)
    ends = monotonic() + CALENDAR_SECONDS
    for team_id, rotation_id in due:
        if monotonic() > ends:
            return
        try:
            _read_calendar(bot, team_id, rotation_id)
        except Exception as error:
            log.exception("calendar not read", team=team_id, error=type(error).__name__)


def _read_calendar(bot: Bot, team_id: str, rotation_id: UUID) -> None:
    """Asks the web between two units of work."""
    take_on = partial(feeds.take_on, rotation_id=rotation_id)
    reading = bot.perform(team_id, take_on, during="job")
    if reading is None:
        return
    asked = (reading.url, reading.known, reading.zone, reading.start, reading.end)
    try:
        feed = bot.outside.calendars.read(*asked)
    except (CalendarUnavailable, CalendarRefused) as error:
        failed = partial(feeds.note_error, reading=reading, why=error.detail)
        bot.perform(team_id, failed, during="job")
        return
    bot.perform(team_id, partial(feeds.note_shifts, reading=reading, feed=feed), during="job")
