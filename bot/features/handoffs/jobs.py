"""What the clock does for hand-offs."""

from functools import partial
from typing import Final
from uuid import UUID

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.plain_drafter import draft_or_plain
from bot.features.handoffs.service import (
    days,
    drafting,
    freshening,
    fuller,
    leaving,
    moving,
    standups,
    telling,
)

log = logs.get(__name__)

BATCH: Final = 100
DAYS: Final = 1_000
"""So many days end at once: most people of a zone stop at the same hour."""
FORMS: Final = 20
DRAFTING_SECONDS: Final = 60.0
"""After this long a run takes on nothing more: the next tick goes on."""


def move_batons(bot: Bot) -> None:
    """Reminds of batons that nobody took yet, and sends them on."""
    with bot.reading() as (session, now):
        due = moving.due(session, now, BATCH)
    mover = moving.Mover(bot.digests, bot.asks)
    bot.each(due, mover.look)
    with bot.reading() as (session, now):
        late = moving.to_remind(session, now, BATCH)
    bot.each(late, mover.remind)


def tell_of_batons(bot: Bot) -> None:
    """Tells people of what was handed over to them, or came back."""
    with bot.reading() as (session, now):
        due = telling.due(session, now, BATCH)
    bot.each(due, telling.Teller(bot.digests).tell)


def freshen_cards(bot: Bot) -> None:
    """Draws the cards of open batons anew before their buttons are too old to be pressed."""
    with bot.reading() as (session, _):
        found = freshening.open_anywhere(session)
    bot.each(found, freshening.freshen)


def offer_notes(bot: Bot) -> None:
    """Offers everybody whose day ends now to write their hand-off."""
    with bot.reading() as (session, now):
        due = days.due(session, now, DAYS)
    bot.each(due, days.look)


def offer_before_leave(bot: Bot) -> None:
    """Offers those who are about to be away to hand over, and to name who stands in."""
    with bot.reading() as (session, now):
        due = leaving.due(session, now, BATCH)
    bot.each(due, leaving.offer)


def look_at_standups(bot: Bot) -> None:
    """Opens and ends the stand-ups whose time has come."""
    with bot.reading() as (session, now):
        due = standups.due(session, now, BATCH)
    bot.each(due, standups.look)


def ask_for_standups(bot: Bot) -> None:
    """Asks everybody to write whose own time has come."""
    with bot.reading() as (session, now):
        due = standups.due_entries(session, now, BATCH)
    bot.each(due, standups.ask)


def draft_days(bot: Bot) -> None:
    """Has a model read the days of those who have the form of their hand-off open."""
    with bot.reading() as (session, now):
        waiting = drafting.due(session, now, FORMS)
    ends = monotonic() + DRAFTING_SECONDS
    for team_id, note_id in waiting:
        if monotonic() > ends:
            return
        try:
            _draft(bot, team_id, note_id)
        except Exception:
            log.exception("no draft for a hand-off", team=team_id)


def _draft(bot: Bot, team_id: str, note_id: UUID) -> None:
    """One call for each channel, between two units of work; without a draft the form stays."""
    take_on = partial(drafting.take_on, note_id=note_id)
    task = bot.perform(team_id, take_on, during="job")
    if task is None:
        return
    found = [draft_or_plain(bot.drafter, each.request) for each in task.asked]
    bot.perform(team_id, partial(drafting.finish, task=task, found=found), during="job")
    bot.perform(team_id, partial(fuller.offer, note_id=note_id), during="job")
