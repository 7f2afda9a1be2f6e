"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from datetime import timedelta
from typing import Final

from bot.core.bot import Bot
from bot.core.events import (
    AppPosted,
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessageHeldBack,
    PersonEnrolled,
    SettingChanged,
    ZoneChanged,
)
from bot.features.digest import jobs, scene
from bot.features.digest.listeners import apps, buttons, command, drafts, following, logins
from bot.features.digest.messages import about
from bot.features.digest.messages import logins as login_messages
from bot.features.digest.rules.mornings import moves_mornings
from bot.features.digest.rules.settings import AT, WANTED
from bot.features.digest.rules.slices import may_switch_off
from bot.features.digest.service import keeping, opinions, reviews
from bot.features.digest.service.mornings import Schedule

HOUR: Final = timedelta(hours=1)


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
    bot.on(AppPosted, apps.keep, wants=apps.is_in_channel)
    bot.on(MessageDeleted, apps.forget)
    bot.on(SettingChanged, apps.forget_words_of, wants=may_switch_off)
    bot.add_to_digest(reviews.that_wait)
    bot.on_subcommand("baton", "link", logins.link, usage=login_messages.LINK_USAGE)
    bot.on_subcommand("baton", "unlink", logins.unlink, usage=login_messages.UNLINK_USAGE)
    bot.on_button(login_messages.UNLINK, logins.unlink_pressed)
    bot.on_button(login_messages.LINK_AGAIN, logins.link_again)
    for name, press in buttons.BUTTONS.items():
        bot.on_button(name, press)
    bot.operate("digest quality", opinions.quality)
    bot.every_tick(jobs.draft_ahead)
    bot.every_tick(jobs.send_due)
    bot.every(HOUR, jobs.forget_drafts)
    bot.on_command(
        "digest",
        digest.answer_command,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.add_settings(WANTED, AT)
    bot.keep(*keeping.KEPT)
    bot.explain("digest", about.HELP)
    bot.play(scene.SCENE)
