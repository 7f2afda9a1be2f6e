"""What a post-mortem is drafted from: literally what the timeline tells."""

from dataclasses import dataclass
from typing import Final

from bot.core.blocks import MAX_INPUT

LEFT_OUT: Final = "… {count} more lines that did not fit here …"


@dataclass(frozen=True, slots=True)
class Draft:
    """A post-mortem as somebody wrote it, or is about to; `went_well` and `changes` begin empty."""

    title: str
    what: str
    impact: str
    timeline: str
    went_well: str = ""
    changes: str = ""


def fitting(text: str, most: int = MAX_INPUT) -> str:
    """A text that fits into a field of a form; what is left out shows as dots."""
    text = text.strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
