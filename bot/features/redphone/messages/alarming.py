"""What admins are told when a page gets nowhere, and what the doctor says of the auditor."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, sections
from bot.core.render import Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.messages.escalating import DRILL

ABOUT: Final = "pages"
NONE_OPEN: Final = "no page is open."
PAGES: Final = "Pages of the red phone that are not over."
LATE_PAGES: Final = "Of these, those that do not go on as they should."
LOOK_AT_WORKERS: Final = "Look whether a worker runs: pages go on in its lane `redphone`."


def stuck(caller_id: str, kind: str, route: Mrkdwn, *, is_drill: bool) -> Message:
    """A page does not go on by itself."""
    text = mrkdwn(
        ":warning: A page of {caller} ({kind}) does not go on by itself: the next people should "
        "have been tried more than a minute ago. Please see to it that somebody helps, and have "
        "whoever runs Baton look at it.",
        caller=Mention(caller_id),
        kind=kind or "an emergency",
    )
    return _told([text, route], is_drill=is_drill)


def nobody_answered(caller_id: str, kind: str, *, is_drill: bool) -> Message:
    """Everybody was tried, and nobody is on it."""
    text = mrkdwn(
        ":warning: {caller} paged ({kind}), I tried everybody as often as the escalation policy "
        "says, and nobody is on it. Please see to it that somebody helps.",
        caller=Mention(caller_id),
        kind=kind or "an emergency",
    )
    return _told([text], is_drill=is_drill)


def all_go_on(count: int) -> str:
    """For the doctor: every open page went on when it should."""
    return f"{_counted(count)}, all on schedule."


def some_are_late(count: int, late: int) -> str:
    """For the doctor: some did not."""
    return f"{_counted(count)}, {late} should have gone on more than a minute ago."


def _counted(count: int) -> str:
    return "1 page is open" if count == 1 else f"{count} pages are open"


def _told(lines: Sequence[Mrkdwn], *, is_drill: bool) -> Message:
    whole = join("\n", [*([DRILL] if is_drill else []), *lines])
    return Message(whole, sections(whole))
