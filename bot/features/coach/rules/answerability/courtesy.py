"""Clauses that say nothing of the matter: greetings, thanks, apologies, whoever is meant."""

import re
from typing import Final

from bot.features.coach.rules.answerability.hello import GREETINGS

ADDRESSED: Final = frozenset(
    [
        "there",
        "all",
        "everyone",
        "team",
        "people",
        "friends",
        "channel",
        "again",
        "gang",
        "devs",
        "developers",
        "experts",
        "gurus",
        "community",
        "admins",
        "admin",
        "mods",
        "support",
        "staff",
        "zusammen",
        "leute",
        "tous",
        "todos",
        "pessoal",
        "galera",
        "gente",
        "here",
    ]
)
_DAYTIMES: Final = ("good morning", "good afternoon", "good evening", "good day", "morning")

COURTESY: Final = re.compile(
    r"(?:hello|hi)?(?:many )?(?:thanks|thank you)(?: (?:so|very|much|a|lot|in|advance|all|you|"
    r"guys|everyone|for|any|your|the|help|time|again|already|million|ton))*|"
    r"(?:i am )?sorry(?: (?:to|for|bother|bothering|disturb|disturbing|the|you|noise|"
    r"interruption|interrupting|ping|spam|again|if|i|am|all|this|is|a|dumb|stupid|question|here|"
    r"my|english|bad))*|excuse me|pardon me|(?:i )?hope (?:you|everyone|all|this)(?: (?:are|is|all|"
    r"doing|well|good|fine|ok|having|a|great|nice|day|week|weekend|your|today))*|"
    r"how are you(?: all)?(?: doing)?(?: today)?|how is it going|what is up|how are things|"
    r"(?:i would |would |we would )?(?:appreciate|be grateful for|be thankful for) "
    r"(?:any|some|your|the)? ?(?:help|advice|support|assistance|input)|"
    r"(?:any|your) (?:help|advice|support|assistance|input|idea|ideas|pointers) "
    r"(?:is|are|would|will|be|greatly|much|highly|very|so|appreciated|welcome|great|nice|"
    r"awesome|helpful|\s)+|"
    r"(?:much |greatly |highly )?appreciated|"
    r"(?:i am|we are) (?:(?:a|an|very|quite|pretty|completely|totally|total|kind|of|kinda|bit|"
    r"still|fairly|new|noob|newbie|beginner|here|to|this|in|the|with|all|at) ?)+(?:\w+)?|"
    r"(?:i am |i was )?not sure (?:where|if|whether|who)(?: (?:to|i|this|is|it|the|right|place|"
    r"channel|ask|can|should|belongs|here|for|correct|best|room|post))*|"
    r"(?:if|when|whenever) (?:you|anyone|someone) (?:have|has|get|gets|got|are|is)(?: (?:a|some|"
    r"few|spare|any|free|time|sec|minute|moment|chance|around|available|the|bit|of|here|to|help))*|"
    r"no (?:rush|hurry|stress|pressure)|(?:sir|madam|mam|team|yes|hey)|(?:it is|this is)? ?"
    r"(?:urgent|asap|very urgent|kinda urgent|a bit urgent)|nice to meet you|"
    r"(?:por favor|bitte|svp|s'il vous pla\u00eet|danke|merci|gracias|obrigad[oa]|vielen dank|"
    r"danke (?:schon|im voraus)|merci d'avance)(?: \w+)?|liebe gr\u00fc\u00dfe|regards|best"
)


def without_greeting(line: str) -> tuple[str, bool]:
    """A clause without its greeting and those whom it greets, and whether there was one."""
    for daytime in _DAYTIMES:
        if line.startswith(daytime) and line[len(daytime) : len(daytime) + 1] in {"", " "}:
            line = f"hi{line[len(daytime) :]}"
    words = line.split()
    place = 0
    while place < len(words) and words[place] in GREETINGS:
        place += 1
    if not place:
        return line, False
    while place < len(words) and (words[place] in ADDRESSED or words[place] in GREETINGS):
        place += 1
    return " ".join(words[place:]), True
