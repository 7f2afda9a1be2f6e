"""The pages that are open, and who has each."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Element, Message, context, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.features.redphone.messages import controls
from bot.features.redphone.messages.reviews import of_all
from bot.features.redphone.rules.acknowledging import has
from bot.features.redphone.rules.open_pages import OpenPage
from bot.features.redphone.rules.reviews import Share
from bot.features.redphone.rules.states import UNANSWERED, State

USAGE: Final = "open"
TITLE: Final = "Open pages"
NOTHING: Final = "No page is open that you can see."
MEMBERS_ONLY: Final = "Only full members of this workspace see pages."
MOST: Final = 20
_WHAT: Final = 150


def listed(pages: Sequence[OpenPage], reader_id: str, share: Share | None) -> Message:
    """What /redphone open shows."""
    heading = mrkdwn("*{title}*", title=TITLE) if pages else mrkdwn(NOTHING)
    told: list[tuple[Mrkdwn, Block]] = [(heading, section(heading))]
    for each in pages[:MOST]:
        line = _line(each)
        told.append((line, section(line, accessory=_accessory(each, reader_id))))
    notes = [mrkdwn("… and {count} more.", count=len(pages) - MOST)] if pages[MOST:] else []
    notes += [of_all(share)] if share is not None else []
    told += [(each, context(each)) for each in notes]
    return Message(join("\n", [text for text, _ in told]), [block for _, block in told])


def on_board(pages: Sequence[OpenPage], reader_id: str) -> BoardSection:
    """Those that its owner called or responds to."""
    rows = [Row(_line(each), _accessory(each, reader_id)) for each in pages]
    return BoardSection("redphone-open", BoardPart.ON_CALL, TITLE, rows)


def _line(page: OpenPage) -> Mrkdwn:
    label = f"{page.kind}: {page.what}" if page.kind else page.what
    what = mrkdwn("{what}", what=Link(page.address, shorten(label, _WHAT)))
    mark = mrkdwn("(a test) ") if page.is_drill else mrkdwn("")
    called = mrkdwn(", paged {at}.", at=page.paged_at)
    return join("", [mrkdwn("• "), mark, what, called, mrkdwn(" "), _who(page)])


def _who(page: OpenPage) -> Mrkdwn:
    if page.standing.state is State.ACKNOWLEDGED:
        who = Mention(page.standing.acknowledged_by)
        return mrkdwn("{who} has it since {since}.", who=who, since=page.since)
    if page.standing.state is State.EXHAUSTED:
        return mrkdwn("Everybody was tried, and nobody is on it yet.")
    return mrkdwn("Nobody is on it yet.")


def _accessory(page: OpenPage, reader_id: str) -> Element | None:
    """The one thing its reader would do next."""
    if page.is_callers:
        return None
    if page.standing.state in UNANSWERED:
        return controls.acknowledge(page.page_id)
    if has(page.standing, reader_id):
        return controls.resolve(page.page_id)
    return controls.join(page.page_id)
