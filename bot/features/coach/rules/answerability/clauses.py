"""A message cut into clauses, in a plain spelling that patterns can be written for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.features.coach.rules.answerability.wording import words
from bot.features.coach.rules.reading import Reading, phrase_of, words_of

_MARK: Final = r"[,()\n.!?\u2026;:\u2013\u2014-]"
_ENDS: Final = regex(rf"{_MARK}(?<!{_MARK}{_MARK}){_MARK}*+(?=\s|\Z|(?<=[,()\n])(?!\d))")
"""Marks, but for those within a word or a number."""
_JOINTS: Final = regex(
    r"\s(?:but|and(?=\s(?:can|could|do|does|please|pls|who|what|any|is|are|tell|let|need|i)\b))\s",
    re.IGNORECASE,
)
"""Where another clause follows without a mark."""
_SPELLED: Final[Mapping[str, str]] = {
    "anyone": "anybody any1",
    "someone": "somebody",
    "everyone": "everybody",
    "you": "u ya y'all",
    "are": "r",
    "your": "ur",
    "i am": "im i'm",
    "i have": "ive i've",
    "i would": "i'd id",
    "i will": "i'll",
    "we are": "we're",
    "we have": "we've",
    "we would": "we'd",
    "you are": "you're",
    "it is": "it's",
    "there is": "there's",
    "that is": "that's",
    "what is": "what's whats",
    "who is": "who's",
    "how is": "how's",
    "don't": "dont",
    "doesn't": "doesnt",
    "didn't": "didnt",
    "isn't": "isnt aint ain't",
    "won't": "wont",
    "can't": "cant cannot",
    "couldn't": "couldnt",
    "something": "smth sth someting",
    "something is": "something's",
    "want to": "wanna",
    "have to": "gotta",
    "question": "q",
    "questions": "qs",
    "thanks": "thx thnx tnx ty",
    "quick": "quik",
    "help": "halp",
    "please": "plss pls plz",
    "stuck": "stucked",
    "problem": "prob",
    "problems": "probs",
    "sec": "secs second seconds",
    "minute": "min mins minutes",
    "moment": "moments",
    "pr": "mr prs mrs",
    "doc": "docs documents document",
}
"""Other spellings and forms of words that patterns need to know in one only."""
_SPELLINGS: Final = {other: plain for plain, others in _SPELLED.items() for other in others.split()}
_SAYS_NOTHING: Final = words(
    """
? actually ah also and basically bro btw dear dude folks friend friends guys hm hmm honestly just
kindly literally maam madam mam mate maybe now oh ok okay peeps perhaps please possibly quickly
really sir so still then uh uhm um umm urgently well
"""
)


class Clause(NamedTuple):
    """What stands between two marks: the author's words, and a plain spelling of them.

    `line` has no question marks and none of the words that only soften; `asks`: one ends it.
    """

    said: str
    line: str
    words: tuple[str, ...]
    asks: bool

    @property
    def quoted(self) -> str:
        """The author's words as a hint quotes them."""
        return phrase_of(f"{self.said}{'?' * self.asks}")


def clauses_of(reading: Reading) -> Iterator[Clause]:
    """The clauses of a message, in order; read no further than needed, they cost little."""
    own, start = reading.own, 0
    while start < len(own):
        mark = _ENDS.search(own, start)
        end, start_of_next = mark.span() if mark else (len(own), len(own))
        asks = "?" in own[end:start_of_next]
        for said in _JOINTS.split(own[start:end]):
            if spoken := words_of(said):
                yield Clause(said.strip(), plainly(spoken), spoken, asks)
        start = start_of_next


def plainly(said: Iterable[str]) -> str:
    """Words in a plain spelling, one blank between each."""
    plain = (_SPELLINGS.get(word, word) for word in said)
    return " ".join(word for word in plain if word not in _SAYS_NOTHING)
