"""Asks for somebody's time, or for talk, that do not say for what."""

from typing import Final

from bot.features.coach.rules.answerability.wording import (
    A_WHILE,
    ABOUT,
    NOTHING_SPECIFIC,
    ONLY_ABOUT,
    OWN,
    SMALL,
    WHO,
    any_of,
    maybe,
    more,
    pattern,
    several,
)

_WE: Final = "(?:i|we)"
_MUCH: Final = f"{several(SMALL + OWN + ' spare free')} {any_of(A_WHILE)}"
_SOME_TIME: Final = """
today tomorrow now right_now later this_morning this_afternoon to_spare for_me for_us free to_help
to_help_me to_talk to_chat to_discuss
"""

MOMENT: Final = pattern(
    # do you have five minutes today
    f"(?:(?:{any_of('do does did has have')} )?{WHO} {any_of('got get have has')}|got){_MUCH}"
    f"{several(_SOME_TIME)}"
    f"(?: for{several(SMALL)} {any_of('question chat call help')})?{ONLY_ABOUT}",
    # are you free for a quick chat
    f"(?:are |is )?{WHO} {any_of('there around free available busy awake')}"
    f"(?: (?:now|today|right now|atm|at the moment|"
    f"for{several(SMALL)} {any_of(A_WHILE + ' chat question call')}|"
    f"to (?:chat|talk|help|help me|answer{several(SMALL)} questions?)))*{ONLY_ABOUT}",
    # is anyone available to discuss the flag
    f"(?:are |is )?{WHO} {any_of('there around free available')} (?:for (?:me|us) )?to "
    f"{any_of('discuss talk talk_about chat_about ask_about')}{NOTHING_SPECIFIC}{more(6)}",
    r"(?:is |are )?(?:there )?(?:anyone|any \w+) from (?:the )?(?:\w+ ){0,2}(?:team|support|staff)"
    f"{several('here around there online available')}",
    f"i need a {any_of(A_WHILE)}(?: of your time)?(?: for a {any_of(A_WHILE)})?",
)
TALK: Final = pattern(
    # can we have a quick chat about the project
    f"{any_of('can could may')} {_WE} (?:{any_of('have do')} a{several(SMALL)} (?:talk|chat|word)|"
    f"{any_of('talk chat speak discuss message dm pm contact')})"
    f"{maybe('privately directly in_private')}(?: (?:to|with))?(?: {WHO})?"
    f"{several('something privately in_private sometime here today tomorrow later now')}"
    f"((?: about| regarding| on)?{NOTHING_SPECIFIC}{more(6)})",
    f"(?:{_WE} (?:would |am )?{any_of('like want wanted needed love trying')}|i (?:need|have)) to "
    f"{any_of('talk chat speak discuss')}{maybe('something things')}(?: (?:to|with) {WHO})?{ABOUT}"
    f"(?: with {WHO})?",
)
