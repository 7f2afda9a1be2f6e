"""The coach helps authors, privately, to send messages that can be answered without asking back."""

from bot.core.bot import Bot
from bot.core.events import MessageDeleted, MessageEdited, MessagePosted, SettingChanged
from bot.core.revisions import changes_off
from bot.features.coach import jobs, scene
from bot.features.coach.listeners import drafts, talk
from bot.features.coach.messages import about
from bot.features.coach.messages.drafts import POST_DRAFT, REVIEW, USE_AS_ASK
from bot.features.coach.messages.kindly import DESCRIPTION, NAME, SHORTCUT
from bot.features.coach.rules import review, settings
from bot.features.coach.rules.judge import judge
from bot.features.coach.service import drafts as drafts_service
from bot.features.coach.service import hinting


def register(bot: Bot) -> None:
    """Plugs the coach into the house."""
    bot.on(MessagePosted, talk.hint_at_naked_hello, wants=review.may_need_a_hint)
    _review_drafts(bot)
    bot.add_settings(settings.MODE, settings.HINTS)
    bot.keep(hinting.KEPT)
    bot.explain("coach", about.HELP)
    bot.judge("coach", judge)
    bot.play(scene.SCENE)


def _review_drafts(bot: Bot) -> None:
    entries = drafts.Drafting(bot)
    bot.offer(drafts.offer_review)
    bot.on_button(REVIEW, entries.review)
    bot.on_button(USE_AS_ASK, entries.use_as_ask)
    bot.on_button(POST_DRAFT, entries.post)
    bot.on_message_shortcut(SHORTCUT, entries.read_kindly, name=NAME, description=DESCRIPTION)
    bot.on(MessageEdited, drafts.follow_change, wants=drafts.is_direct)
    bot.on(MessageDeleted, drafts.follow_change, wants=drafts.is_direct)
    bot.on(SettingChanged, drafts.follow_off, wants=changes_off)
    bot.every_tick(jobs.word)
    bot.keep(drafts_service.KEPT)
