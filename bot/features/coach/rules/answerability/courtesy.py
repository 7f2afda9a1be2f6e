"""Clauses that say nothing of the matter: greetings, thanks, apologies, whoever is meant."""

from typing import Final

from bot.features.coach.rules.answerability.hello import GREETINGS
from bot.features.coach.rules.answerability.wording import any_of, maybe, pattern, several, words

ADDRESSED: Final = words(
    """
there all everyone team people friends channel again gang devs developers experts gurus community
admins admin mods support staff here zusammen leute tous todos pessoal galera gente
"""
)
_DAYTIMES: Final = ("good morning", "good afternoon", "good evening", "good day", "morning")
_FOR_WHAT: Final = """
so very much a lot in advance all you everyone for any your the help time again already million
ton
"""
_FOR_THIS: Final = """
to for bother bothering disturb disturbing the you noise interruption interrupting ping spam again
if i am all this is a dumb stupid question here my english bad
"""
_WELL: Final = "are is all doing well good fine ok having a great nice day week weekend your today"
_NEWCOMER: Final = """
a an very quite pretty completely totally total kind of kinda bit still fairly new noob newbie
beginner here to this in the with all at
"""
_PLACE: Final = """
to i this is it the right place channel ask can should belongs here for correct best room post
"""
_FREE: Final = """
a some few spare any free time sec minute moment chance around available the bit of here to help
"""
_HELP: Final = any_of("help advice support assistance input")
_WELCOME: Final = """
is are would will be greatly much highly very so appreciated welcome great nice awesome helpful
"""

COURTESY: Final = pattern(
    f"(?:many )?(?:thanks|thank you){several(_FOR_WHAT)}",
    f"(?:i am )?sorry{several(_FOR_THIS)}",
    "excuse me|pardon me|nice to meet you",
    f"(?:i )?hope {any_of('you everyone all this')}{several(_WELL)}",
    "how are you(?: all)?(?: doing)?(?: today)?|how is it going|what is up|how are things",
    f"(?:(?:i |we )?would )?{any_of('appreciate be_grateful_for be_thankful_for')} "
    f"(?:{any_of('any some your the')} )?{_HELP}",
    f"{any_of('any your')} (?:{_HELP}|ideas?|pointers)(?: {any_of(_WELCOME)})+",
    "(?:much |greatly |highly )?appreciated",
    rf"(?:i am|we are){several(_NEWCOMER)}(?: \w+)?",
    f"(?:i am |i was )?not sure {any_of('where if whether who')}{several(_PLACE)}",
    f"{any_of('if when whenever')} {any_of('you anyone someone')} "
    f"{any_of('have has get gets got are is')}{several(_FREE)}",
    f"no {any_of('rush hurry stress pressure')}|sir|madam|mam|team|yes|hey|regards|best",
    f"(?:it is |this is )?{any_of('urgent asap very_urgent kinda_urgent a_bit_urgent')}",
    f"{any_of('por_favor bitte svp danke merci gracias obrigado obrigada vielen_dank')}"
    f"{maybe('im_voraus schon')}|s'il vous plaît|merci d'avance|liebe grüße",
)


def without_greeting(line: str) -> tuple[str, bool]:
    """A clause without its greeting and those whom it greets, and whether there was one."""
    for daytime in _DAYTIMES:
        if f"{line} ".startswith(f"{daytime} "):
            line = f"hi{line.removeprefix(daytime)}"
    said = line.split()
    place = 0
    while place < len(said) and said[place] in GREETINGS:
        place += 1
    if not place:
        return line, False
    while place < len(said) and (said[place] in ADDRESSED or said[place] in GREETINGS):
        place += 1
    return " ".join(said[place:]), True
