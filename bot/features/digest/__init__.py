"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from bot.core.bot import Bot
from bot.core.events import LeaveChanged, PersonEnrolled, SettingChanged, ZoneChanged
from bot.features.digest import jobs, listeners, messages, rules, scene, service


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = listeners.Digest(bot)
    bot.on(PersonEnrolled, listeners.schedule)
    bot.on(ZoneChanged, listeners.reschedule)
    bot.on(LeaveChanged, listeners.reschedule)
    bot.on(SettingChanged, listeners.follow_setting, wants=rules.moves_mornings)
    bot.every_tick(jobs.send_due)
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
