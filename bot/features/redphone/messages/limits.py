"""What somebody reads who may not page now."""

from collections.abc import Sequence
from typing import Final

from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.redphone.messages import progress
from bot.features.redphone.rules.limits import Limited, Why
from bot.features.redphone.rules.reviews import Share

_WHY: Final = {
    Why.OWN: "You paged {most} times within an hour, which is the most for one person.",
    Why.TIGHTENED: (
        "You can page once an hour for now: of your {reviewed} pages of 90 days that were looked "
        "back on, {justified} {were}."
    ),
    Why.OF_ALL: "This workspace paged {most} times within an hour, which is the most.",
    Why.DRILLS: "There were {most} drills within an hour, which is the most.",
}


def refused(
    limited: Limited, until: str, own: Share, route: Sequence[str], on_call: Sequence[str]
) -> list[Mrkdwn]:
    """Why nobody was paged, from when on it can be, in the reader's time, and what to do now.

    `own` are the reader's own figures.
    """
    why = mrkdwn(
        f":no_entry: {_WHY[limited.why]}",
        most=limited.most,
        reviewed=own.reviewed,
        justified=own.justified,
        were="was an emergency" if own.justified == 1 else "were emergencies",
    )
    free = mrkdwn(
        "*Nobody was paged.* It is free again at {time}; what you wrote stays here.",
        time=until,
    )
    return [join("\n", [why, free]), progress.route(route, on_call)]
