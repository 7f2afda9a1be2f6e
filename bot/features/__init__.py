"""One package per feature. To take a feature out, delete its folder and its name here."""

from importlib import import_module

from bot.core.bot import Bot

FEATURES = (
    "asks",
    "decisions",
    "handoffs",
    "digest",
    "redphone",
    "coach",
    "availability",
    "agreement",
    "privacy",
    "enrolment",
    "home",
)


def register(bot: Bot) -> None:
    """Plugs every feature into the house."""
    for name in FEATURES:
        import_module(f"bot.features.{name}").register(bot)
    bot.complete()
