"""What somebody reads who may not page now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.redphone.messages import progress
from bot.features.redphone.rules.limits import Limited, Why

_WHY: Final = {
    Why.OWN: "You paged {most} times within an hour, which is the most for one person.",
    Why.TIGHTENED: (
        "You can page once an hour for now: most of your last pages were no emergencies, as those "
        "say who were on them."
    ),
    Why.OF_ALL: "This workspace paged {most} times within an hour, which is the most.",
    Why.DRILLS: "There were {most} drills within an hour, which is the most.",
}


def refused(
    limited: Limited, until: datetime, route: Sequence[str], on_call: Sequence[str]
) -> list[Mrkdwn]:
    """Why nobody was paged, from when on it can be, in the reader's time, and what to do now."""
    why = mrkdwn(f":no_entry: {_WHY[limited.why]}", most=limited.most)
    free = mrkdwn(
        "*Nobody was paged.* It is free again at {time}; what you wrote stays here.",
        time=f"{until:%H:%M}",
    )
    return [join("\n", [why, free]), progress.route(route, on_call)]
