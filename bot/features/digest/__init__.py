"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from bot.core.bot import Bot
from bot.core.events import (
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessageHeldBack,
    PersonEnrolled,
    SettingChanged,
    ZoneChanged,
)
from bot.features.digest import jobs, scene
from bot.features.digest.listeners import command, drafts, following
from bot.features.digest.messages import about
from bot.features.digest.rules.languages import TRANSLATE
from bot.features.digest.rules.mornings import moves_mornings
from bot.features.digest.rules.settings import AT, WANTED
from bot.features.digest.rules.slices import may_switch_off
from bot.features.digest.service import keeping
from bot.features.digest.service.mornings import Schedule


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = command.Digest(bot)
    held_back = following.HeldBack(bot)
    bot.digests = Schedule()
    bot.on(PersonEnrolled, following.schedule)
    bot.on(MessageHeldBack, held_back.make_again, wants=following.is_of_digest)
    bot.on(ZoneChanged, following.reschedule)
    bot.on(LeaveChanged, following.reschedule)
    bot.on(SettingChanged, following.follow_setting, wants=moves_mornings)
    bot.on(MessageEdited, drafts.forget_worded)
    bot.on(MessageDeleted, drafts.forget_worded)
    bot.on(SettingChanged, drafts.forget_words_of, wants=may_switch_off)
    bot.every_tick(jobs.draft_ahead)
    bot.every_tick(jobs.translate_ahead)
    bot.every_tick(jobs.give_up_drafts)
    bot.every_tick(jobs.send_due)
    bot.on_command(
        "digest",
        digest.answer_command,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.add_settings(WANTED, AT)
    bot.add_settings(TRANSLATE)
    bot.keep(*keeping.KEPT)
    bot.explain("digest", about.HELP)
    bot.play(scene.SCENE)
