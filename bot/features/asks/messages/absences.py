"""Why somebody has another time to answer than the usual one."""

from typing import Final

from bot.core.blocks import Element, button
from bot.core.render import Mention, Mrkdwn, local_day, mrkdwn
from bot.features.asks.messages.names import ASK_INSTEAD
from bot.features.asks.rules.absence import Absence, Why
from bot.features.asks.rules.shown import StandIn

_SENTENCES: Final = {
    Why.AWAY: "They are away and back on {day}; their time counts from then.",
    Why.HOLIDAY: "{day} is a holiday there and does not count.",
    Why.CLOSED: "That is outside their working hours.",
}
_ASIDES: Final = {
    Why.AWAY: " (away, back on {day})",
    Why.HOLIDAY: " ({day} is a holiday there)",
    Why.CLOSED: " (outside their working hours)",
}


def sentence(absence: Absence) -> Mrkdwn:
    """A sentence for the asker."""
    return mrkdwn(_SENTENCES[absence.why], day=local_day(absence.day))


def aside(absence: Absence | None) -> Mrkdwn:
    """In brackets behind a due time; nothing if there is nothing to say."""
    return mrkdwn(_ASIDES[absence.why], day=local_day(absence.day)) if absence else mrkdwn("")


def stands_in(found: StandIn) -> Mrkdwn:
    """A sentence for the asker: who answers in the place of somebody who is away."""
    return mrkdwn(
        "{away} is away and back on {day}; {who} stands in for them.",
        away=Mention(found.away_id),
        day=local_day(found.back_on),
        who=Mention(found.user_id),
    )


def ask_instead(found: StandIn) -> Element:
    """A button for the asker: the same is asked of whoever stands in."""
    return button(called(found), ASK_INSTEAD, value_of(found))


def called(found: StandIn) -> str:
    """What that button, or an entry of a menu, is called."""
    return f"Ask {found.name} instead"


def value_of(found: StandIn) -> str:
    """What that button stands for: an ask, and who was named when it was shown."""
    return f"{found.ask_id}|{found.user_id}"
