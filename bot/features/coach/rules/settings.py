"""What can be set about the coach."""

from datetime import timedelta
from typing import Final

from bot.core.agreement.kinds import Choice, Several, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.features.coach.rules.catalogue import Rule

NAMES: Final = {
    Rule.HEATED: "Heated words",
    Rule.NAKED_HELLO: "A bare hello",
    Rule.VAGUE_ASK: "A vague ask",
    Rule.BARE_PROBLEM: "A bare problem",
    Rule.MISSING_LINK: "A missing link",
    Rule.NOBODY_ASKED: "Asked of nobody",
    Rule.QUICK_CALL: "A quick call",
    Rule.BROADCAST: "Work for everybody at once",
    Rule.WRONG_CHANNEL: "Work in a general or social channel",
    Rule.IN_PRIVATE: "Work in private",
    Rule.UNTHREADED_REPLY: "A reply beside its thread",
    Rule.NO_DATE: "A blocker without a date",
    Rule.OFF_HOURS: "Outside the other one's day",
    Rule.BACK_AND_FORTH: "A long back-and-forth",
}
"""What each rule is called, wherever it is named."""
_ALL: Final = tuple((rule.value, NAMES[rule]) for rule in Rule)

MODE: Final = Setting[str](
    "coach.mode",
    Choice((("off", "Off"), ("shadow", "Shadow: counts only, says nothing"), ("on", "On"))),
    "shadow",
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Coach",
    "Tells authors alone how to complete a message that cannot be answered yet",
)
RULES: Final = Setting[tuple[str, ...]](
    "coach.rules",
    Several(_ALL),
    tuple(rule.value for rule in Rule),
    (Layer.WORKSPACE, Layer.CHANNEL),
    "What the coach looks at",
    "/baton coach explains each",
)
SHARED: Final = Setting[bool](
    "coach.shared",
    Switch(),
    default=False,
    layers=(Layer.CHANNEL,),
    label="Hints where people of another organisation read along",
    hint="Only your own full members ever get a hint",
)
SOCIAL: Final = Setting[str](
    "coach.social",
    Choice((("auto", "By its name"), ("on", "Yes"), ("off", "No"))),
    "auto",
    (Layer.CHANNEL,),
    "A channel for company, not for work",
    "There the coach leaves everything alone but requests for work",
)
HINTS: Final = Setting[bool](
    "coach.hints",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Hints",
    hint="Only you see them",
)
MY_RULES: Final = Setting[tuple[str, ...]](
    "coach.my_rules",
    Several(_ALL),
    tuple(rule.value for rule in Rule),
    (Layer.PERSON,),
    "Hints about",
    "“Stop this kind” under a hint takes one out",
)
ALL: Final = (MODE, RULES, SHARED, SOCIAL, HINTS, MY_RULES)
OFF, SHADOW, ON = "off", "shadow", "on"

KEPT_FOR: Final = timedelta(days=90)
LOOKS_AFTER: Final = timedelta(seconds=90)
"""The author may complete a message meanwhile, by an edit or by the next one."""
FRESH: Final = timedelta(minutes=5)
"""A hint that comes later than this helps nobody: the author has moved on."""
REST: Final = timedelta(hours=4)
"""For so long nobody gets a second hint."""
FIRST_WEEK: Final = timedelta(days=7)
REFUSALS: Final = 3
"""So often a kind of hint may be of no help before it stays away."""
STAYS_AWAY: Final = timedelta(days=30)
