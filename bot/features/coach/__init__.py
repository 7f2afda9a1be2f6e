"""The coach helps authors, privately, to send messages that can be answered without asking back."""

from bot.core.bot import Bot
from bot.core.events import MessagePosted
from bot.features.coach import listeners, messages, rules, scene, service


def register(bot: Bot) -> None:
    """Plugs the coach into the house."""
    bot.on(MessagePosted, listeners.hint_at_naked_hello, wants=rules.is_naked_hello)
    bot.add_settings(rules.MODE, rules.HINTS)
    bot.keep(service.KEPT)
    bot.explain("coach", messages.HELP)
    bot.judge("coach", rules.judge)
    bot.play(scene.SCENE)
