"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from functools import partial

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
from bot.features.digest.listeners import (
    apps,
    board,
    buttons,
    channels,
    command,
    drafts,
    following,
    logins,
)
from bot.features.digest.messages import about
from bot.features.digest.messages import channel as channel_words
from bot.features.digest.messages import logins as login_messages
from bot.features.digest.messages.command import CHANGE, SHOW
from bot.features.digest.rules import channels as channel_rules
from bot.features.digest.rules.languages import TRANSLATE
from bot.features.digest.rules.mornings import moves_mornings
from bot.features.digest.rules.settings import AT, RHYTHM, SHARED, WANTED
from bot.features.digest.rules.slices import may_switch_off
from bot.features.digest.service import days, keeping, opinions, previews, reviews
from bot.features.digest.service.mornings import Schedule


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = command.Digest(bot)
    held_back = following.HeldBack(bot)
    bot.digests = Schedule()
    bot.on(PersonEnrolled, following.schedule)
    bot.on(MessageHeldBack, held_back.make_again, wants=following.is_of_digest)
    bot.on(ZoneChanged, following.follow_zone)
    bot.on(LeaveChanged, following.follow_leave)
    bot.on(SettingChanged, following.follow_setting, wants=moves_mornings)
    bot.on(MessageEdited, drafts.forget_worded)
    bot.on(MessageDeleted, drafts.forget_worded)
    bot.on(SettingChanged, drafts.forget_words_of, wants=may_switch_off)
    for name, press in buttons.BUTTONS.items():
        bot.on_button(name, press)
    bot.operate("digest quality", opinions.quality)
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
    bot.on_button(SHOW, digest.show)
    bot.on_button(CHANGE, digest.change)
    bot.add_settings(WANTED, AT, RHYTHM, TRANSLATE, SHARED)
    _of_apps(bot)
    _for_channels(bot)
    bot.keep(*keeping.KEPT)
    bot.benefit("digest", about.BENEFIT)
    bot.add_to_home(board.pulls_on_board)
    bot.add_to_home(board.settings_on_board)
    bot.explain("digest", about.HELP)
    bot.play(scene.SCENE)


def _of_apps(bot: Bot) -> None:
    bot.on(AppPosted, apps.keep, wants=apps.is_in_channel)
    bot.on(MessageDeleted, apps.forget)
    bot.on(SettingChanged, apps.forget_words_of, wants=may_switch_off)
    bot.add_to_digest(reviews.that_wait)
    bot.add_to_day(days.of_day)
    bot.on_subcommand("baton", "link", logins.link, usage=login_messages.LINK_USAGE)
    bot.on_subcommand("baton", "unlink", logins.unlink, usage=login_messages.UNLINK_USAGE)
    bot.on_button(login_messages.UNLINK, logins.unlink_pressed)
    bot.on_button(login_messages.LINK_AGAIN, logins.link_again)


def _for_channels(bot: Bot) -> None:
    digest = channels.ChannelDigest(bot)
    bot.add_settings(*channel_rules.SETTINGS)
    bot.on(SettingChanged, channels.follow_setting, wants=channel_rules.moves_channel)
    bot.on_subcommand(
        "digest", "channel", digest.answer_command, usage=channel_words.USAGE, by_role=True
    )
    bot.on_button(channel_words.CHOOSE, digest.choose, by_role=True)
    bot.on_button(channel_words.UNDO, digest.undo, by_role=True)
    bot.every_tick(jobs.send_to_channels)
    bot.preview("digest", partial(previews.of_person, sources=bot.digest_sources))
    bot.preview("channel digest", partial(previews.of_channel, sources=bot.digest_sources))
