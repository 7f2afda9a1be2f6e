"""The coach helps authors, privately, to send messages that can be answered without asking back."""

from datetime import timedelta
from typing import Final

from bot.core.bot import Bot
from bot.core.events import (
    DraftSent,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    PersonEnrolled,
    SettingChanged,
)
from bot.core.revisions import changes_off
from bot.features.coach import jobs, scene
from bot.features.coach.listeners import drafts, hints, talk
from bot.features.coach.messages import about, kindly, names
from bot.features.coach.rules import review, settings
from bot.features.coach.rules.judge import judge
from bot.features.coach.rules.replay import Replay
from bot.features.coach.service import drafts as drafted
from bot.features.coach.service import keeping

LOOKS_FOR_LONG_TALKS: Final = timedelta(minutes=2)


def register(bot: Bot) -> None:
    """Plugs the coach into the house."""
    _listen(bot)
    _answer(bot)
    _review_drafts(bot)
    bot.every_tick(jobs.look)
    bot.every(LOOKS_FOR_LONG_TALKS, jobs.look_for_long_talks)
    bot.add_settings(*settings.ALL)
    bot.keep(*keeping.ALL)
    bot.explain("coach", about.HELP)
    bot.judge("coach", judge)
    bot.replay("coach", Replay)
    bot.play(scene.SCENE)


def _listen(bot: Bot) -> None:
    bot.on(MessagePosted, talk.look_later, wants=review.may_need_a_hint)
    bot.on(PersonEnrolled, talk.meet)
    bot.on(SettingChanged, talk.follow_off, wants=changes_off)


def _answer(bot: Bot) -> None:
    choosing = hints.Choosing(bot)
    bot.on_button(names.WHY, hints.explain)
    bot.on_button(names.ADD, hints.open_form)
    bot.on_button(names.EXAMPLE, hints.show_example)
    bot.on_button(names.NOT_HELPFUL, hints.not_helpful)
    bot.on_button(names.STOP, choosing.stop)
    bot.on_button(names.AGAIN, choosing.again)
    bot.on_button(names.COMPOSE, choosing.compose)
    bot.on_form(names.CONTEXT_FORM, choosing.complete)
    bot.on_subcommand("baton", "coach", hints.tell, usage="coach")


def _review_drafts(bot: Bot) -> None:
    entries = drafts.Drafting(bot)
    bot.offer(drafts.offer_review)
    bot.on_button(names.REVIEW_DRAFT, entries.review)
    bot.on_button(names.USE_AS_ASK, entries.use_as_ask)
    bot.on_button(names.POST_DRAFT, entries.post)
    bot.on_message_shortcut(
        names.READ_KINDLY, entries.read_kindly, name=kindly.NAME, description=kindly.DESCRIPTION
    )
    bot.on(MessageEdited, drafts.follow_change, wants=drafts.is_direct)
    bot.on(MessageDeleted, drafts.follow_change, wants=drafts.is_direct)
    bot.on(DraftSent, drafts.follow_use)
    bot.on(SettingChanged, drafts.leave_alone, wants=changes_off)
    bot.every_tick(jobs.word)
    bot.keep(drafted.KEPT)
