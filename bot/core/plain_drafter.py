"""The drafter that needs no model: people's own words, shortened. It stands in for any other."""

from typing import Final

from bot.core import logs
from bot.core.claims import mixes_scripts
from bot.core.drafting import Draft, Drafter, DraftLine, DraftRequest, Material, Source
from bot.core.patterns import regex
from bot.core.verify import MAX_LINES, MIN_QUOTE

log = logs.get(__name__)

MAX_QUOTE: Final = 140
_FIRST_SENTENCE: Final = regex(r".*?[.!?…。\uff01\uff1f](?=\s|\Z)")


class PlainDrafter:
    """Quotes the beginning of each message literally."""

    @property
    def is_plain(self) -> bool:
        """Every draft of it is."""
        return True

    def draft(self, request: DraftRequest) -> Draft:
        """The first words of the newest messages."""
        return plain_draft(request.material, "plain")


def draft_or_plain(drafter: Drafter, request: DraftRequest) -> Draft:
    """A drafter's draft; the plain one if it breaks its promise always to return one."""
    try:
        return drafter.draft(request)
    except Exception as error:  # noqa: BLE001 - its text may hold what people wrote
        log.error("not drafted", team=request.team_id, error=type(error).__name__)  # noqa: TRY400
        return plain_draft(request.material, "failed")


def plain_draft(material: Material, outcome: str) -> Draft:
    """A draft of literal quotes; `outcome` says why it is one."""
    quotes = ((source, _beginning(source.text)) for source in material.sources)
    lines = {
        quote: _line(source, quote)
        for source, quote in quotes
        if quote and not mixes_scripts(quote)  # such words are something else than they seem
    }
    return Draft(list(lines.values())[-MAX_LINES:], outcome, is_plain=True)


def _line(source: Source, quote: str) -> DraftLine:
    kind = "question" if quote.endswith("?") else "fyi"
    return DraftLine(quote, (source.id,), quote, kind)


def _beginning(text: str) -> str:
    """The first sentence if it is long enough to be found again, else what fits; cut at a word."""
    first = _FIRST_SENTENCE.match(text)
    start = first[0] if first and len(first[0]) >= MIN_QUOTE * 2 else text
    if len(start) <= MAX_QUOTE:
        return start
    space = start.rfind(" ", MIN_QUOTE * 2, MAX_QUOTE)
    if space > 0:
        return start[:space]
    cut = start[:MAX_QUOTE]  # a script without spaces, or no prose at all
    return "" if cut != cut.lower() or any(char.isdecimal() for char in cut) else cut
