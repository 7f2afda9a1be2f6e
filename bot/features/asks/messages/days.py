"""How asks stand in what somebody hands over at the end of a day; plain text."""

from typing import Final

from bot.features.asks.rules.shown import AskShown

_OWN: Final = "My ask (text not kept)"


def waits(ask: AskShown, asker: str) -> str:
    """What somebody is asked for."""
    return f"For {asker}: {ask.quote}" if ask.quote else f"What {asker} asked (text not kept)"


def answered(ask: AskShown, asker: str) -> str:
    """What somebody answered."""
    return f"Answered {asker}: {ask.quote}" if ask.quote else f"Answered {asker}"


def asked(ask: AskShown) -> str:
    """What somebody waits for."""
    return ask.quote or _OWN
