"""Why somebody has another time to answer than the usual one."""

from typing import Final

from bot.core.render import Mrkdwn, local_day, mrkdwn
from bot.features.asks.rules.absence import Absence, Why

_SENTENCES: Final = {
    Why.AWAY: "They are away until {day}; their time counts from then.",
    Why.HOLIDAY: "{day} is a holiday there and does not count.",
    Why.CLOSED: "That is outside their working hours.",
}
_ASIDES: Final = {
    Why.AWAY: " (away until {day})",
    Why.HOLIDAY: " ({day} is a holiday there)",
    Why.CLOSED: " (outside their working hours)",
}


def sentence(absence: Absence) -> Mrkdwn:
    """A sentence for the asker."""
    return mrkdwn(_SENTENCES[absence.why], day=local_day(absence.day))


def aside(absence: Absence | None) -> Mrkdwn:
    """In brackets behind a due time; nothing if there is nothing to say."""
    return mrkdwn(_ASIDES[absence.why], day=local_day(absence.day)) if absence else mrkdwn("")
