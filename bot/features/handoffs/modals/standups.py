"""The form of a stand-up."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from bot.core.blocks import (
    Block,
    choice_input,
    context,
    form,
    person_input,
    radio,
    text_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import local_day, mrkdwn, shorten
from bot.core.replies import View
from bot.features.handoffs.rules.promises import Fate, Promise, Written
from bot.features.handoffs.rules.standups import Spot, lines_of

FORM: Final = "handoffs.standup_form"
DONE: Final = "done"
NEXT: Final = "next"
BLOCKED: Final = "blocked"
BLOCKER: Final = "blocker"
WATCH_OUT: Final = "watch_out"
LENGTH: Final = 1_500
_LINE_LENGTH: Final = 300
_LABEL_LENGTH: Final = 150
_PROMISE: Final = "promise-"
_FATES: Final = {
    Fate.DELIVERED.value: "Delivered",
    Fate.STILL.value: "Still on it",
    Fate.DROPPED.value: "Not needed any more",
}


def write(spot: Spot, channel: str, promises: Sequence[Promise], filled: Written) -> View:
    """The form, with what somebody promised before and wrote already."""
    where = mrkdwn("#{channel} · {day}", channel=channel, day=local_day(spot.day))
    blocks = [
        context(where),
        *(_promised(each, filled) for each in promises),
        _lines(DONE, "Done since last time", filled.done, "A line for each."),
        _lines(NEXT, "Next", filled.following, "Each line is a promise, asked about next time."),
        text_input(
            BLOCKED,
            "Blocked by",
            initial=filled.blocked,
            hint="What you cannot go on without.",
            optional=True,
            max_length=_LINE_LENGTH,
        ),
        person_input(
            BLOCKER,
            "Who can help with that",
            initial=filled.blocker_id or None,
            hint="They are asked for it, in their own working time.",
            optional=True,
        ),
        _lines(WATCH_OUT, "Watch out for", filled.watch_out, "What others should know."),
    ]
    return form("Stand-up", FORM, blocks, submit="Post", reference=str(spot))


def read(event: FormSubmitted) -> Written:
    """What somebody filled in."""
    values = event.values
    fates = {
        UUID(name.removeprefix(_PROMISE)): Fate(value)
        for name, value in values.items()
        if name.startswith(_PROMISE) and value
    }
    return Written(
        lines_of(values.get(DONE, "")),
        lines_of(values.get(NEXT, "")),
        " ".join(values.get(BLOCKED, "").split()),
        values.get(BLOCKER, ""),
        lines_of(values.get(WATCH_OUT, "")),
        fates,
    )


def _promised(promise: Promise, filled: Written) -> Block:
    fate = filled.fates.get(promise.id, Fate.STILL)
    boxes = radio(f"{_PROMISE}{promise.id}", _FATES, initial=fate.value)
    return choice_input(shorten(promise.what, _LABEL_LENGTH), boxes)


def _lines(name: str, label: str, lines: Sequence[str], hint: str) -> Block:
    return text_input(
        name,
        label,
        initial="\n".join(lines),
        hint=hint,
        optional=True,
        multiline=True,
        max_length=LENGTH,
    )
