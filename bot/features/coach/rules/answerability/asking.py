"""Asks for help, or whether one may ask, that do not say what."""

from typing import Final

from bot.features.coach.rules.answerability.wording import (
    ABOUT,
    OWN,
    SMALL,
    WHO,
    any_of,
    maybe,
    pattern,
    several,
)

_WE: Final = "(?:i|we)"
_CAN: Final = any_of(
    """
can could may might will would is are does do if shall i_was_wondering_if i_am_wondering_if
is_there are_there
"""
)
_ABLE: Final = any_of(
    """
able_to available_to willing_to free_to here_to around_to there_to there_who_can who_can who_could
that_can can could going_to have_time_to
"""
)
_AID: Final = any_of("help helps assist support guide advise give lend")
_FIX: Final = any_of("fix solve debug understand figure_out resolve fixing solving debugging")
_UNSAID: Final = (
    f"(?: {_FIX} "
    rf"(?:it|this|that|something|{any_of('my this that the a an some these')}(?: \w+)? "
    f"{any_of('code problem problems issue issues error errors bug bugs thing things stuff')}"
    "))?"
)
_QUESTIONS: Final = any_of("question questions query queries doubt doubts")
_SOMETHING: Final = (
    f"(?:{several(SMALL + OWN)} (?:{_QUESTIONS}|"
    f"{any_of('request favor favour something anything thing things privately stuff')}))?"
)
_FOR_WHOM: Final = (
    r"(?: (?:for (?:you(?: all)?|anyone(?: here)?|someone|any \w+|the \w+(?: team)?)|"
    "to ask(?: you)?|to you|here))*"
)
_LIKE: Final = any_of("like want wanted need needed love going wish have wanting")
_HAVE: Final = f"{_WE} {any_of('have had would_have have_got got')} "

HELP: Final = pattern(
    # can anyone here help me out with something
    f"(?:{_CAN} )*{WHO} (?:{_ABLE} )*{_AID}"
    f"{maybe('me us a_noob a_newbie a_beginner')}"
    f"{several('out a_hand some_help some_advice answer solve fix')}"
    f"{_SOMETHING}{_UNSAID}{ABOUT}",
    # is there someone who can answer a quick question
    f"(?:{_CAN} )*{WHO} (?:{_ABLE} )*answer{several(SMALL)} {_QUESTIONS}{ABOUT}",
    f"any help{ABOUT}",
    f"(?:can|could|may) {_WE} (?:get|have){several(SMALL)} "
    f"{any_of('help assistance support advice')}{ABOUT}",
    # i really need a little help
    f"{_WE}{maybe('am are')}{maybe('would')}{maybe('still')} "
    f"{any_of('need needs want could_use looking_for require seeking like appreciate in_need_of')}"
    f"{several(SMALL + OWN + ' your')} "
    f"{any_of('help assistance support advice guidance hand helping_hand')}{ABOUT}",
    # we are looking for someone who can help
    rf"{_WE} {any_of('need want am_looking_for are_looking_for')} (?:someone|anyone|an? \w+) "
    f"{any_of('who_can to that_can')} {any_of('help assist')}{maybe('me us')}{maybe('out')}{ABOUT}",
    f"help{maybe('me us needed wanted required')}{maybe('out')}{ABOUT}",
    f"who {any_of('can could is_able_to is_free_to is_available_to wants_to')} "
    f"{any_of('help assist')}{maybe('me us')}{maybe('out')}{ABOUT}",
)
QUESTION: Final = pattern(
    # i have a quick question about the export
    f"{_HAVE}(?:{any_of(SMALL)} )*{_QUESTIONS}{_FOR_WHOM}{ABOUT}{_FOR_WHOM}",
    f"(?:{any_of(SMALL)} )*(?:question|query|doubt){_FOR_WHOM}{ABOUT}{_FOR_WHOM}",
    f"{_HAVE}(?:{any_of(SMALL)} )*(?:request|favor|favour){_FOR_WHOM}{ABOUT}",
    # can i ask something
    f"(?:can|could|may|might|shall) {_WE} (?:ask|bother|borrow|disturb|trouble|pick)"
    f"(?: {WHO}| your brain)?{_SOMETHING}{_FOR_WHOM}{ABOUT}",
    # we would like to ask something about our contract
    f"{_WE} (?:would |am |do )?{_LIKE}"
    f" to {any_of('ask enquire inquire consult')}(?: (?:to )?{WHO})?{_SOMETHING}{ABOUT}",
    f"(?:am i|is it){maybe('ok okay allowed possible alright fine')} {any_of('to if_i')} ask"
    f"{_SOMETHING}{ABOUT}",
)
