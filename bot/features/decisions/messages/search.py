"""What a search for decisions found."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, section, sections
from bot.core.render import Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.decisions.messages.cards import line
from bot.features.decisions.rules.registry import FOUND, Decision
from bot.features.decisions.rules.searching import Search, reference

MORE: Final = "decisions.more_found"

_SHOWN: Final = 80
"""Characters of what was typed that are shown back."""


def found(
    search: Search, decisions: Sifted[Decision], following: Search | None, *, is_cut: bool
) -> Message:
    """A page of what was found, with a button for the next one."""
    if not decisions.seen and not decisions.held_back:
        return nothing_found(search)
    lines = _lines(search, decisions.seen)
    notes = [held_back(decisions.held_back)] if decisions.held_back else []
    if is_cut and following is None:
        notes.append(mrkdwn("There may be older ones. One more word narrows it down."))
    blocks: list[Block] = sections(join("\n", lines)) if decisions.seen else []
    blocks += map(context, notes)
    if following is not None:
        blocks.append(actions([button("More", MORE, reference(following))]))
    return Message(join("\n", [*lines, *notes]), blocks)


def nothing_found(search: Search) -> Message:
    """Nothing that the reader may see: the same sentence whether there is something or not."""
    if search.start:
        return _said(mrkdwn("There are no more that you can open."))
    return _said(
        mrkdwn(
            "I found no decision with “{typed}” that you can open. "
            "Fewer words find more; `/decision list` shows the newest.",
            typed=_typed(search),
        )
    )


def no_words() -> Message:
    """Nothing to look for was typed."""
    return _said(
        mrkdwn(
            "Type words after it, e.g. `/decision find job queue`. "
            "Every word must be there, in the title, the text, the reasons, the alternatives, "
            "the objections or the tags; the beginning of a word will do."
        )
    )


def _lines(search: Search, decisions: Sequence[Decision]) -> list[Mrkdwn]:
    if not decisions:
        return []
    typed = _typed(search)
    if search.start:
        page = search.start // FOUND + 1
        return [mrkdwn("Page {page} of “{typed}”:", page=page, typed=typed), *map(line, decisions)]
    return [mrkdwn("Decisions with “{typed}”, the best first:", typed=typed), *map(line, decisions)]


def _typed(search: Search) -> str:
    return shorten(" ".join(search.typed.split()), _SHOWN)


def _said(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
