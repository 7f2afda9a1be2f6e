"""Asks and complaints in whose words nearly nothing is named, however they are worded."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.features.coach.rules.answerability.common_words import Cue
from bot.features.coach.rules.answerability.specificity import Measured
from bot.features.coach.rules.answerability.wording import any_of
from bot.features.coach.rules.catalogue import Part, Rule

_ACTIONABLE: Final = re.compile(
    r"\b(?:"
    # of somebody else's matter, or of an offer
    r"^(?:can't|couldn't|isn't|aren't|don't|doesn't|didn't|won't) (?:it|that|this|we|you)\b|that (?:doesn't|didn't|is|isn't|won't)\b(?! what)|should (?:i|we) (?!do\b|start\b)|(?:can|could) you help (?:me |us )?(?:out )?with (?:it|that)$|(?:are|did|do|have|were|had|does|is) (?:you|your|he|she|they)\b"
    rf"(?! {any_of('have got free there around available able know knows busy understand get_a_chance')}\b)|"
    r"(?:i|we) (?:can|could|will|would|can't) (?!"
    rf"{any_of('not like need love appreciate use get access login log connect see open find talk ask speak contact')}\b)|"
    r"can i help|happy to|glad to|feel free|nobody can|thanks (?:\w+ )?for|your (?!help|advice|assistance|support|guidance|suggestion|input|thoughts|opinion|brain|time)\w+|"
    r"you (?:can|should|could|need|have to|may)\b(?! help)|you have a question|"
    r"call me an?\b|if (?:you|anyone|someone) (?:needs?|wants?|has|have (?:a|any) question)|it says\b|^don't\b|(?:good|great|next|my) question|(?:i|we) have to\b|question (?:is|mark)|ask (?:me|away)|on call|don't ask|"
    r"help (?:him|her|them|this|that|yourself|those|is|page)\b|"
    r"anyone (?:can|could)\b(?! help)|works for me|me too|same\b(?!.* (?:what|how|fix|help)\b)|either\b|"
    r"no (?:idea|problem|worries|questions?|issues?|more|need)|"
    r"any (?:other |more )?(?:questions|comments|objections)|"
    # a question that can simply be answered
    r"the (?:right|correct) (?:channel|place|room|person|group|team)|who (?:is|are|was|has|owns|did|do)\b|where\b(?! (?:should|do|can|to) (?:i )?(?:start|begin)| are we\b)|which\b|"
    r"how (?:many|much|long|often|about)|what about|what is up|how (?:is|are) (?:everyone|things|it going|we)|what time|what is the question"
    r")"
)
_ASKS_BACK: Final = re.compile(
    r"\b(?:can|could|would|will) you "
    r"(?:share|paste|post|show|try|describe|send|tell|explain|elaborate|provide|give|be)\b"
)


class Sign(NamedTuple):
    """What cues and how little weight show that a text lacks something.

    Of each of `cues` there is one; `most` is the weight. `specific`: not only things weigh.
    `is_plain`: whatever others said before cannot be what is left out.
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
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.OPINION, Cue.MARK), 2, is_plain=True),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS, Cue.WANTS), 4),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.DEFECT, Cue.HAVE), 4, unless=Cue.MARK),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.BROKEN,), 4, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _BOTH, (Cue.HELP, Cue.NEED | Cue.CAN), 4, unless=Cue.MARK),
    Sign(Rule.BARE_PROBLEM, _CONTEXT, (Cue.FAILS,), 1, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _BOTH, (Cue.CALL, Cue.MARK | Cue.PLEASE), 3),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.OPINION, Cue.MARK | Cue.PLEASE), 0),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.OPINION, Cue.MARK | Cue.PLEASE), 1, unless=Cue.CAN),
    Sign(Rule.NOBODY_ASKED, (Part.WHOM,), (Cue.SOMEBODY, Cue.SHOULD, Cue.LOOK), 1, unless=Cue.MARK),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.LOOK | Cue.DO, _ASKED), 0),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.NUDGE,), 0, unless=Cue.SELF),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.LOOK, _ASKED), 2, unless=Cue.WHY | Cue.HOW),
    Sign(Rule.MISSING_LINK, _LINK, (Cue.DO, _ASKED), 2, unless=Cue.WHY | Cue.HOW, specific=False),
    Sign(Rule.VAGUE_ASK, (Part.QUESTION,), (Cue.KNOWS, Cue.SOMEBODY, Cue.MARK), 2),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.POINTING, Cue.MARK), 0, unless=Cue.HELP),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.WHY | Cue.HOW, Cue.MARK), 0, unless=Cue.SOMEBODY),
    Sign(Rule.VAGUE_ASK, _CONTEXT, (Cue.SELF, Cue.WHY, Cue.MARK), 1),
)


def sign_of(found: Measured) -> Sign | None:
    """What shows that a text lacks something."""
    for sign in _SIGNS:
        if _holds(sign, found):
            return None if _is_actionable(found) else sign
    return None


def _holds(sign: Sign, found: Measured) -> bool:
    return (
        found.weight <= max(sign.most, found.length // 3 if sign.dense else 0)
        and (sign.specific or found.weight == found.things)
        and not found.cues & sign.unless
        and all(found.cues & each for each in sign.cues)
    )


def _is_actionable(found: Measured) -> bool:
    if _ACTIONABLE.search(found.line):
        return True
    is_about_it = not found.weight or found.cues & Cue.FAILS
    return bool(is_about_it and _ASKS_BACK.search(found.line))
