"""Asks and complaints in whose words nearly nothing is named, however they are worded."""

from typing import Final, NamedTuple

from bot.features.coach.rules.answerability.actionable import is_actionable
from bot.features.coach.rules.answerability.common_words import Cue
from bot.features.coach.rules.answerability.specificity import Measured
from bot.features.coach.rules.catalogue import Part, Rule


class Sign(NamedTuple):
    """What cues and how little weight show that a text lacks something.

    Of each of `cues` there is one; `most` is the weight. `specific`: not only things weigh.
    `is_plain`: whatever others said before cannot be what is left out. `dense`: of a long text a
    third of the words may weigh something.
    """

    rule: Rule
    missing: tuple[Part, ...]
    cues: tuple[int, ...]
    most: int
    unless: int = 0
    specific: bool = True
    is_plain: bool = False
    dense: bool = False


_SOMEONE: Final = Cue.SELF | Cue.SOMEBODY
_ASKED: Final = Cue.MARK | Cue.PLEASE | Cue.CAN
_CONTEXT: Final = (Part.CONTEXT,)
_LINK: Final = (Part.LINK,)
_BOTH: Final = (Part.CONTEXT, Part.QUESTION)
_SIGNS: Final = (
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.HELP, _SOMEONE), 4, is_plain=True),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.WANTS, _SOMEONE), 2, is_plain=True),
    Sign(
        Rule.VAGUE_ASK,
        _BOTH,
        (Cue.HELP, Cue.SELF, Cue.CAN | Cue.NEED | Cue.PLEASE),
        4,
        is_plain=True,
        dense=True,
    ),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.OPINION, Cue.MARK), 4, is_plain=True),
    Sign(
        Rule.MISSING_LINK,
        _LINK,
        (Cue.LOOK, Cue.SOMEBODY, Cue.SELF),
        2,
        specific=False,
        is_plain=True,
    ),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.WANTS), 4),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.DEFECT, Cue.HAVE), 6, unless=Cue.MARK),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.BROKEN,), 6, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _BOTH, (Cue.HELP, Cue.NEED | Cue.CAN), 4, unless=Cue.MARK),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS,), 1, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _BOTH, (Cue.CALL, Cue.MARK | Cue.PLEASE), 3),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.OPINION, Cue.MARK | Cue.PLEASE), 0),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.OPINION, Cue.MARK | Cue.PLEASE), 1, unless=Cue.CAN),
    Sign(Rule.NOBODY_ASKED, (Part.WHOM,), (Cue.SOMEBODY, Cue.SHOULD, Cue.LOOK), 1, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.LOOK | Cue.DO, _ASKED), 0),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.NUDGE,), 2, unless=Cue.SELF),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.LOOK, _ASKED), 2, unless=Cue.WHY | Cue.HOW),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.DO, _ASKED), 2, unless=Cue.WHY | Cue.HOW, specific=False),
    Sign(Rule.VAGUE_ASK, (Part.QUESTION,), (Cue.KNOWS, Cue.SOMEBODY, Cue.MARK), 3),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.POINTING, Cue.MARK), 0, unless=Cue.HELP | Cue.WHY),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.SELF, Cue.HOW, Cue.MARK), 0),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.SELF, Cue.WHY, Cue.MARK), 1),
)


def sign_of(found: Measured) -> Sign | None:
    """What shows that a text lacks something."""
    for sign in _SIGNS:
        if _holds(sign, found):
            return None if is_actionable(found) else sign
    return None


def _holds(sign: Sign, found: Measured) -> bool:
    return (
        found.weight <= max(sign.most, found.length // 3 if sign.dense else 0)
        and (sign.specific or found.weight == found.things)
        and not found.cues & sign.unless
        and all(found.cues & each for each in sign.cues)
    )
