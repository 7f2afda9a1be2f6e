"""Sorts what an author wrote into the parts of a message that can be answered."""

import re
from dataclasses import dataclass
from typing import Final

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Parts:
    """The author's own sentences, each under the part that it belongs to; empty: missing.

    `links` are addresses, `by` the words that name a time.
    """

    context: str = ""
    proposal: str = ""
    question: str = ""
    by: str = ""
    links: tuple[str, ...] = ()


def parts_of(text: str) -> Parts:
    """The parts of a text as people read it, without Slack's tokens."""
    sentences = [each for each in _SENTENCE_END.split(text.strip()) if each]
    asked = [each for each in sentences if each.endswith("?")]
    told = [each for each in sentences if not each.endswith("?")]
    return Parts(context=" ".join(told), question=" ".join(asked))
