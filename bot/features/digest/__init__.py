"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from datetime import timedelta
from typing import Final

from bot.core.bot import Bot
from bot.core.events import PersonEnrolled, ZoneChanged
from bot.features.digest import jobs, listeners, messages, scene

HOUR: Final = timedelta(hours=1)


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = listeners.Digest(bot)
    bot.on(PersonEnrolled, listeners.schedule)
    bot.on(ZoneChanged, listeners.reschedule)
    bot.every_tick(jobs.draft_ahead)
    bot.every_tick(jobs.send_due)
    bot.every(HOUR, jobs.forget_drafts)
    bot.on_command(
        "digest",
        digest.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.explain("digest", messages.HELP)
    bot.play(scene.SCENE)
