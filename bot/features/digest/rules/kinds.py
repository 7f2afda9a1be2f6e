"""What a conversation came to, as far as its words tell and no feature knows better.

Meant to be right rather than complete: a conversation of which nothing is said is told all the
same. Who is right is nobody's business here.
"""

from collections.abc import Sequence
from typing import Final

from bot.core import cues
from bot.core.cues import FEWEST_WORDS, cue, own_words
from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.features.digest.rules.threads import Thread

_OBJECTS: Final = (
    cue(
        "disagrees",
        "says so",
        r"\b(?:i|we) (?:strongly |really |totally |respectfully |have to |must )*"
        r"(?:disagree|object)\b|\bi(?:'m| am) (?:strongly |totally )?(?:against|opposed)\b|"
        r"\bi (?:don't|do not|can't|cannot) (?:agree|support)\b|\b(?:i|we) see (?:it|this|that) "
        r"(?:very )?differently\b|\b(?:hard|strong) no\b|(?:^|\s)-1(?:\s|$)",
    ),
    cue(
        "doubts a course",
        "does not like what somebody put forward",
        r"\bi(?:'m| am) not (?:so |really |at all |entirely |quite )?(?:convinced|in favou?r|"
        r"a fan|happy with)\b|\bi (?:don't|do not) (?:like (?:the|this|that) (?:idea|plan)|think "
        r"(?:so|(?:we|you) should|(?:that|this|it)(?:'s| is) (?:a good|right|the right|worth|"
        r"wise)))|\b(?:not a good|a bad|a terrible) idea\b|\bi(?:'d| would) (?:much |still )*"
        r"(?:rather|prefer)\b|\bthat(?:'s| is) (?:not (?:right|true)|wrong)\b",
    ),
    cue(
        "elsewhere",
        "the same in other languages",
        r"\b(?:ich sehe das anders|(?:bin|wäre) dagegen|pas d'accord|não concordo|"
        r"no estoy de acuerdo)\b",
    ),
)
_CONCEDES: Final = cue(
    "concedes",
    "has nothing against it any more",
    r"\b(?:fair (?:enough|point)|good point|you(?:'re| are) (?:both )?right|i stand corrected|"
    r"never ?mind|agreed|works for me|you convinced me|makes sense|let'?s do (?:it|that)|"
    r"sounds good|happy with that|(?:ok|okay|fine|alright),? (?:then|agreed|fine|"
    r"let'?s|we'll|i'll))\b",
)


def kind_of(thread: Thread) -> ThreadKind | None:
    """What a conversation came to; None: it goes on."""
    if ends_in_question(thread):
        return ThreadKind.OPEN_QUESTION
    if has_two_sides(thread.whole):
        return ThreadKind.DISAGREEMENT
    return ThreadKind.NEW if thread.is_new else None


def ends_in_question(thread: Thread) -> bool:
    """Whether the last thing that was said is a question, and nobody seems to have answered."""
    return not thread.is_followed and cues.ends_in_question(thread.last.text)


def has_two_sides(said: Sequence[StoredMessage]) -> bool:
    """Whether somebody speaks against what somebody else said, and neither of them gave in.

    An answer to a mere question is no view against another.
    """
    objections = [place for place, each in enumerate(said) if place and _objects(each.text)]
    if not objections:
        return False
    if any(_concedes(each.text) for each in said[objections[0] + 1 :]):
        return False
    return any(
        other.user_id != said[place].user_id and _has_view(other.text, is_later=number > place)
        for place in objections
        for number, other in enumerate(said)
    )


def _has_view(text: str, *, is_later: bool) -> bool:
    """Whether somebody takes a side; after an objection it takes words of their own against it."""
    if is_later:
        return _objects(text)
    words = own_words(text)
    return "?" not in words and len(words.split()) >= FEWEST_WORDS


def _objects(text: str) -> bool:
    words = own_words(text)
    return any(each.occurs(words) for each in _OBJECTS)


def _concedes(text: str) -> bool:
    return _CONCEDES.occurs(own_words(text))
