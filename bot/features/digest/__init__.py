"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from datetime import timedelta
from typing import Final

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
from bot.features.digest import jobs, listeners, messages, rules, scene, service

HOUR: Final = timedelta(hours=1)


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = listeners.Digest(bot)
    bot.digests = service.Schedule()
    bot.on(PersonEnrolled, listeners.schedule)
    bot.on(MessageHeldBack, digest.make_again, wants=listeners.is_of_digest)
    bot.on(ZoneChanged, listeners.reschedule)
    bot.on(LeaveChanged, listeners.reschedule)
    bot.on(SettingChanged, listeners.follow_setting, wants=rules.moves_mornings)
    bot.on(MessageEdited, listeners.forget_worded)
    bot.on(MessageDeleted, listeners.forget_worded)
    bot.on(SettingChanged, listeners.forget_words_of, wants=rules.may_switch_off)
    bot.every_tick(jobs.draft_ahead)
    bot.every_tick(jobs.send_due)
    bot.every(HOUR, jobs.forget_drafts)
    bot.on_command(
        "digest",
        digest.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.add_settings(rules.WANTED, rules.AT)
    bot.keep(*service.KEPT)
    bot.explain("digest", messages.HELP)
    bot.play(scene.SCENE)
