"""Asks that point at something which is not there: this, it, any news, what we talked about."""

from typing import Final

from bot.features.coach.rules.answerability.wording import (
    ANYONE,
    WHO,
    any_of,
    maybe,
    pattern,
    several,
)

CAN_SOMEBODY: Final = (
    f"(?:{any_of('can could would will may might')} {WHO} |{ANYONE} )?(?:able to )?"
)
THIS: Final = (
    f"(?:{any_of('this that it these those them something one him here there the_same')}|"
    f"{any_of('this that the my our')} "
    f"{any_of('issue problem bug error thing question one stuff code mess topic matter')})"
)
_CHANCE: Final = "(?:a )?(?:time|chance|sec|minute|moment)"
WHEN_YOU_CAN: Final = (
    f"(?: (?:and|when you (?:can|have {_CHANCE}|get {_CHANCE})|"
    f"{any_of('today asap soon now for_me for_us tell_me let_me_know whenever if_you_have_time')}|"
    f"what you(?: all)? think|is {any_of('real ok fine correct')}))*"
)
_LOOK: Final = f"(?:take|have)(?: a)?{maybe('quick short')} look"
_DO: Final = any_of(
    """
look check see review fix do test confirm change correct explain send share approve update solve
handle debug clarify verify answer reply respond advise suggest tell get_back take_care work
comment investigate finish continue proceed merge sign read proofread resolve
"""
)
_WHY: Final = any_of(
    """
why what how why_this what_this how_this why_that what_that why_it to_fix what_is_wrong
what_could_be what_could_be_wrong what_might_be what_might_be_wrong what_is_happening
what_is_going_on what_happened what_could_happen how_to_fix how_to_solve
"""
)
_HAPPENS: Final = """
fails failed happens happened is means work works breaks doesn't not this that it wrong could
might be happening the problem issue reason cause
"""

_HAS_ANYBODY: Final = any_of(
    """
do_you_have does_anyone_have does_anyone_here_have has_anyone anyone anyone_has anyone_have
anyone_got have got is_there are_there you_have you_got
"""
)
_NEWS: Final = any_of(
    """
idea ideas thoughts clue clues suggestion suggestions tip tips advice pointer pointers luck news
update updates word progress feedback input inputs opinion opinions comment comments hint hints
solution solutions eta info answer reply response
"""
)
_OPINIONS: Final = any_of(
    "thoughts ideas opinions suggestions feedback update updates news eta status"
)

NUDGE: Final = pattern(
    # does anyone have any idea why this fails
    f"(?:{_HAS_ANYBODY} )?any {_NEWS}"
    f"{several('yet on about for from regarding with to at_all here you so_far')}(?: {THIS})*"
    f"(?: {_WHY}(?: {any_of(_HAPPENS)}){{0,4}})?",
    # thoughts on this
    f"(?:your )?{_OPINIONS}{maybe('on about')}{maybe('this that it')}{maybe('welcome')}",
    "ptal|wdyt|ping",
    f"(?:tell me |let me know )?what (?:do )?you(?: all)? think{maybe('about of')}"
    f"{maybe('this that it these')}",
)
DO_IT: Final = pattern(
    # could someone have a look at this for me
    f"{CAN_SOMEBODY}(?:{_DO}|{_LOOK}){several('at into on to over of with me us back for')}"
    f"(?: {THIS})?"
    f"{several('back for_me for_us to_me to_us out today now asap soon quick me us over up too')}"
    f"{WHEN_YOU_CAN}",
    "do the needful",
    f"who can {any_of('fix do help_with look_at explain solve check')} {THIS}",
)
_DONE: Final = any_of(
    """
get_access fix solve do start get_in use make handle resolve change set_up install get run
"""
)
HOW: Final = pattern(
    # how do i get access
    f"how {any_of('do can could should would to')}(?: (?:i|we))? {_DONE}(?: {THIS})?"
    f"{several('to work working up back off on')}",
    f"(?:(?:does|do) )?{WHO} know (?:how to (?:fix|solve|do)|why|what|about) {THIS}"
    f"{maybe('is means happens happened issue')}",
    f"what {any_of('should can do must shall')} (?:i|we) do"
    f"{several('now next here about_this about_that about_it with_this with_that with_it')}",
    f"what is (?:wrong|the (?:problem|issue|matter|solution))(?: here| with (?:{THIS}|mine))?",
    "what am i doing wrong",
    f"why (?:is|does|did|doesn't|isn't|won't|can't) {any_of('this that it')}"
    f"{several('not happen happening work working fail failing broken doing_this doing_that')}",
    f"is {any_of('this that it')} "
    f"{any_of('normal ok okay right correct done ready fixed possible a_bug expected')}"
    f"{maybe('yet now already')}",
    f"does {any_of('this that it')} work{maybe('now for_anyone for_you')}",
    f"how does {any_of('this that it')} work",
)
REFERS_BACK: Final = pattern(
    # could you do the thing we talked about
    f"{CAN_SOMEBODY}{any_of('do finish send share fix check handle prepare')}{maybe('me us')} the "
    f"{any_of('thing things stuff task file files list one')}{maybe('that which')} (?:we|i|you) "
    f"{any_of('talked spoke discussed mentioned asked agreed wanted sent promised')}"
    f"{several('about on yesterday last_week earlier for before today you')}"
)
