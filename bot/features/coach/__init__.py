"""The coach helps authors, privately, to send messages that can be answered without asking back."""

from bot.core.bot import Bot
from bot.core.events import MessagePosted
from bot.features.coach import scene
from bot.features.coach.listeners import talk
from bot.features.coach.messages import about
from bot.features.coach.rules import review, settings
from bot.features.coach.rules.judge import judge
from bot.features.coach.service import hinting


def register(bot: Bot) -> None:
    """Plugs the coach into the house."""
    bot.on(MessagePosted, talk.hint_at_naked_hello, wants=review.may_need_a_hint)
    bot.add_settings(settings.MODE, settings.HINTS)
    bot.keep(hinting.KEPT)
    bot.explain("coach", about.HELP)
    bot.judge("coach", judge)
    bot.play(scene.SCENE)
