"""The digest: in each person's own morning, what waits on them, was decided and happened."""

from bot.core.bot import Bot
from bot.core.events import MessageHeldBack, PersonEnrolled, ZoneChanged
from bot.features.digest import jobs, listeners, messages, scene


def register(bot: Bot) -> None:
    """Plugs the digest into the house."""
    digest = listeners.Digest(bot)
    bot.on(PersonEnrolled, listeners.schedule)
    bot.on(MessageHeldBack, digest.make_again, wants=listeners.is_of_digest)
    bot.on(ZoneChanged, listeners.reschedule)
    bot.every_tick(jobs.send_due)
    bot.on_command(
        "digest",
        digest.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.explain("digest", messages.HELP)
    bot.play(scene.SCENE)
