"""Pages in a digest."""

from collections.abc import Sequence

from bot.core.digests import DigestSection, Line, Part
from bot.core.locales import clock, moment
from bot.core.quotations import SOMEBODY, linked
from bot.core.render import Mention, mrkdwn
from bot.features.redphone.rules.pages import Told


def digest(pages: Sequence[Told]) -> DigestSection | None:
    """The pages that somebody sent, got or joined meanwhile."""
    lines = [_line(each) for each in pages]
    return DigestSection(Part.PAGES, mrkdwn("Pages meanwhile"), lines) if lines else None


def _line(page: Told) -> Line:
    is_caller = page.caller_id == page.reader_id
    who = "you paged" if is_caller else "{caller} paged you"
    drill = "a drill: " if page.is_drill else ""
    text = mrkdwn(
        f"{{at}}: {drill}{who}. {_what_came(page)}:",
        at=moment(page.paged_at, page.locale),
        caller=_named(page.caller_id),
        taker=_named(page.taken_by),
        taken=_taken(page),
    )
    return Line(text, (linked(page.address, page.what),))


def _what_came(page: Told) -> str:
    if page.taken_at is None:
        return "It was called off" if page.is_called_off else "Nobody has answered yet"
    if page.taken_by == page.reader_id:
        return "You were on it at {taken}"
    return "{taker} was on it at {taken}"


def _named(user_id: str) -> Mention | str:
    return Mention(user_id) if user_id not in {"", SOMEBODY} else SOMEBODY


def _taken(page: Told) -> str:
    """When somebody was on it; the day only if it is another one."""
    if page.taken_at is None:
        return ""
    is_same_day = page.taken_at.date() == page.paged_at.date()
    return (clock if is_same_day else moment)(page.taken_at, page.locale)
