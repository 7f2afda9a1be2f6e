"""Building blocks of patterns over clauses in the plain spelling: words with one blank between."""

import re
from typing import Final

from bot.core.patterns import regex


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


def any_of(text: str) -> str:
    """One of these words; an underscore stands for a blank."""
    return "(?:" + "|".join(word.replace("_", " ") for word in text.split()) + ")"


def maybe(text: str) -> str:
    """A blank and one of these words, or nothing."""
    return f"(?: {any_of(text)})?"


def several(text: str) -> str:
    """Any number of these words, a blank before each."""
    return f"(?: {any_of(text)})*"


def more(most: int, least: int = 0) -> str:
    """So many words of whatever kind, a blank before each."""
    return rf"(?: [\w'-]+){{{least},{most}}}"


def pattern(*ways: str) -> re.Pattern[str]:
    """What is said in one of these ways, for `fullmatch`."""
    return regex("|".join(ways))


_WHERE: Final = several("here around there online in_here of_you else on_here in_this_channel")
_FROM: Final = r"(?: from (?:the )?\w+(?: \w+)?)?"
_PEOPLE: Final = any_of(
    """
dev devs developer developers expert experts admin admins administrator mod mods moderator
moderators staff people person user users guru gurus engineer engineers maintainer maintainers
member members pro pros specialist specialists designer designers agent rep soul souls one
"""
)
SOME_PEOPLE: Final = (
    rf"(?:anyone|someone|(?:any|one|some) of you|(?:any|some|an?) (?:[\w'-]+ ){{0,2}}{_PEOPLE})"
)
WHO: Final = f"(?:{SOME_PEOPLE}|you|you all){_WHERE}{_FROM}"
"""Whoever is asked."""
NOTHING_SPECIFIC: Final = (
    r"(?!.*\b(?:when|if|that|which|because|after|since|while|where|how|why|whether|what|who|"
    r"doesn't|don't|can't|isn't|won't|not|error|saying|says|getting|seeing|versus|vs)\b)"
)
"""None of the words that tell what is wanted follows."""
SOON: Final = several("here real_quick quick asap now today right_now")
_ON: Final = """
about with regarding on in for around concerning re related_to relating_to using over of at
"""
TOPIC: Final = rf"( {any_of(_ON)}\b{NOTHING_SPECIFIC}{more(9)})"
ABOUT: Final = f"{SOON}{TOPIC}?{SOON}"
"""What an ask is about, as its group, if that is told."""
ONLY_ABOUT: Final = rf"( {any_of('about regarding concerning re')}\b{NOTHING_SPECIFIC}{more(7)})?"
SMALL: Final = """
a an one some another few couple of two three quick small short simple stupid dumb silly noob
newbie newb beginner basic general little random technical brief more important urgent similar
serious new weird tricky follow up bit tiny different
"""
"""Words before a question that say nothing of it."""
OWN: Final = "any the last my other own"
A_WHILE: Final = "sec minute moment time bit"
"""A little of somebody's time."""
