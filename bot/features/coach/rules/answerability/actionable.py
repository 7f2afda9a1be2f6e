"""What is no ask of the author's own, or can be answered, though its words name nearly nothing."""

from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules.answerability.common_words import Cue
from bot.features.coach.rules.answerability.specificity import Measured
from bot.features.coach.rules.answerability.wording import any_of

_STATES: Final = any_of(
    "have got free there around available able know busy understand get_a_chance"
)
_DO_THEY: Final = f"{any_of('are did do have were had does is')} {any_of('you your he she they')}"
_OF_OTHERS: Final = (
    # did you check it, does it help him; but not: do you have an idea
    rf"{_DO_THEY}\b(?! {_STATES}\b)",
    rf"your (?!{any_of('help advice support suggestion input thoughts opinion brain time')})\w+",
    rf"you {any_of('can should could need have_to may')}\b(?! help)",
    r"anyone (?:can|could)\b(?! help)",
    rf"if {any_of('you anyone someone')} {any_of('needs? wants? has')}\b",
    f"if you have {any_of('a any')} question|you have a question|nobody can|call me an?\\b",
    rf"help {any_of('him her them this that yourself those is page')}\b",
)
_WISHES: Final = any_of(
    """
not like need love appreciate use get access login log connect see open find talk ask speak contact
"""
)
_OFFERS: Final = (
    # I can look at it, I'll ask; but not: I can't find it, I would like to
    f"{any_of('i we')} (?:can|could|will|would|can't) (?!{_WISHES}\\b)",
    rf"can i help|happy to|glad to|feel free|{any_of('i we')} have to\b|thanks (?:\w+ )?for",
)
_COMMENTS: Final = (
    r"that (?:is|[a-z]+n't)\b(?! what)",
    r"same\b(?!.* (?:what|how|fix|help)\b)|either\b|works for me|me too|it says\b",
    f"no {any_of('idea problem worries question questions issue issues more need')}",
    rf"{any_of('good great next my')} question|question {any_of('is mark')}|what is the question",
    r"ask (?:me|away)|don't ask|on call|not bad|bad (?:feeling|news|idea|day)|is it just me",
    r"(?:i am )?not working (?:today|tomorrow|on|this)",
)
_ANSWERABLE: Final = (
    # is it so
    r"\A(?:is|are|was|does|did|has|will|can|could) (?:it|that|this)(?: [a-z]+)?\Z",
    # who owns it, where is it, how many are there
    rf"who {any_of('is are was has owns did do')}\b|which\b|what (?:about|time|is up)",
    r"where\b(?! (?:should|do|can|to) (?:i )?(?:start|begin)| are we\b)",
    f"how {any_of('many much long often about so come was did can_that is_that')}",
    f"how {any_of('is are')} {any_of('everyone things it_going we')}",
    rf"should (?:i|we) (?!{any_of('do start contact ask')}\b)",
    f"the {any_of('right correct')} {any_of('channel place room person group team')}",
    f"any (?:other |more )?{any_of('questions comments objections')}",
    r"(?:can|could) you help (?:me |us )?(?:out )?with (?:it|that)\Z",
)
_ACTIONABLE: Final = regex(
    rf"\b(?:{'|'.join((*_OF_OTHERS, *_OFFERS, *_COMMENTS, *_ANSWERABLE))})|"
    rf"\A(?:don't\b|[a-z]+n't {any_of('it that this we you')}\b)"
)
_ASKS_BACK: Final = regex(
    rf"\b{any_of('can could would will')} you "
    rf"{any_of('share paste post show try describe send tell explain elaborate provide give be')}\b"
)


def is_actionable(found: Measured) -> bool:
    """Whether somebody could act on a text, or does not have to."""
    if _ACTIONABLE.search(found.line):
        return True
    is_about_it = not found.weight or found.cues & Cue.FAILS
    return bool(is_about_it and _ASKS_BACK.search(found.line))
