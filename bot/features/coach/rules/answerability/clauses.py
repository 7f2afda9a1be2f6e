"""A message cut into clauses, in a plain spelling that patterns can be written for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.features.coach.rules.reading import Reading, words_of

_ENDS: Final = re.compile(
    r"[.!?\u2026;:]+(?=\s|$)|,(?!\d)|[\n()]+|\s[-\u2013\u2014]+\s|"
    r"\s(?:but|and (?=can|could|do|does|please|pls|who|what|any|is|are|tell|let|need|i))"
)
_SPELLINGS: Final[Mapping[str, str]] = {
    "anybody": "anyone",
    "somebody": "someone",
    "everybody": "everyone",
    "any1": "anyone",
    "u": "you",
    "ya": "you",
    "y'all": "you",
    "r": "are",
    "ur": "your",
    "im": "i am",
    "i'm": "i am",
    "ive": "i have",
    "i've": "i have",
    "i'd": "i would",
    "id": "i would",
    "i'll": "i will",
    "we're": "we are",
    "we've": "we have",
    "we'd": "we would",
    "you're": "you are",
    "it's": "it is",
    "there's": "there is",
    "that's": "that is",
    "what's": "what is",
    "whats": "what is",
    "who's": "who is",
    "how's": "how is",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "isnt": "isn't",
    "aint": "isn't",
    "ain't": "isn't",
    "wont": "won't",
    "cant": "can't",
    "cannot": "can't",
    "couldnt": "couldn't",
    "smth": "something",
    "sth": "something",
    "someting": "something",
    "wanna": "want to",
    "gotta": "have to",
    "q": "question",
    "qs": "questions",
    "thx": "thanks",
    "thnx": "thanks",
    "tnx": "thanks",
    "ty": "thanks",
    "quik": "quick",
    "halp": "help",
    "plss": "please",
    "pls": "please",
    "plz": "please",
    "stucked": "stuck",
    "prob": "problem",
    "probs": "problems",
    "secs": "sec",
    "second": "sec",
    "seconds": "sec",
    "min": "minute",
    "mins": "minute",
    "minutes": "minute",
    "moments": "moment",
    "mr": "pr",
    "prs": "pr",
    "mrs": "pr",
    "docs": "doc",
    "documents": "doc",
    "document": "doc",
}
_SAYS_NOTHING: Final = frozenset(
    [
        "please",
        "kindly",
        "maybe",
        "perhaps",
        "possibly",
        "just",
        "really",
        "actually",
        "quickly",
        "also",
        "btw",
        "guys",
        "folks",
        "dear",
        "sir",
        "madam",
        "mam",
        "maam",
        "ok",
        "okay",
        "so",
        "well",
        "um",
        "umm",
        "uh",
        "uhm",
        "hm",
        "hmm",
        "oh",
        "ah",
        "and",
        "then",
        "now",
        "peeps",
        "bro",
        "dude",
        "mate",
        "friend",
        "friends",
        "literally",
        "basically",
        "honestly",
        "still",
        "?",
        "urgently",
    ]
)


class Clause(NamedTuple):
    """What stands between two marks: the author's words, and a plain spelling of them.

    `line` has no question marks and none of the words that only soften.
    """

    said: str
    line: str
    words: tuple[str, ...]


def clauses_of(reading: Reading) -> Iterator[Clause]:
    """The clauses of a message, in order."""
    own, start = reading.own, 0
    while start < len(own):
        end = _ENDS.search(own, start)
        said = own[start : end.start() if end else len(own)].strip()
        start = end.end() if end else len(own)
        if words := words_of(said):
            yield Clause(said, plainly(words), words)


def plainly(words: Iterable[str]) -> str:
    """Words in a plain spelling, one blank between each."""
    plain = (_SPELLINGS.get(word, word) for word in words)
    return " ".join(word for word in plain if word not in _SAYS_NOTHING)
