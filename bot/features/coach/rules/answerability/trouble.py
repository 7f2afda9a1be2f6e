"""Problems told without what was tried or seen."""

from typing import Final

from bot.features.coach.rules.answerability.wording import (
    ANYONE,
    any_of,
    maybe,
    more,
    pattern,
    several,
)

_WE: Final = "(?:i|we)"
_REST: Final = (
    r"(?!.*\b(?:when|if|because|after|since|while|where|why|whether|unless|until|instead|although|"
    rf"even|only|except|says|saying|called|named|lol|haha)\b){more(5)}"
)
"""A few words that do not tell more."""
_SUBJECT: Final = (
    r"(?!(?:what|who|how|why|where|which|when|is|are|do|does|did|has|have|can|could|if)\b)"
    r"(?:(?:my|the|our|this|your) )?[\w'-]+(?: (?!and\b|or\b)[\w'-]+){0,2}"
)
_OFTEN: Final = several(
    "still always keep keeps now suddenly all both constantly never completely totally"
)
_DEFECT: Final = any_of(
    """
error errors problem problems issue issues trouble troubles bug bugs difficulty difficulties
exception exceptions crash crashes failure
"""
)
_SOME_WORDS: Final = any_of(
    """
a an some strange weird odd annoying another one lots many little small big serious huge major
random few couple of lot bit technical such
"""
)
_SOME: Final = f"(?:{_SOME_WORDS} )*"
_GET: Final = any_of(
    """
getting get got have having has facing face faced seeing see running_into ran_into run_into
encountering encounter encountered experiencing experience have_got
"""
)
_WITH: Final = any_of("with in on regarding about from using related_to at during for")
_THERE: Final = any_of(
    "on in for with at again today anymore any_more at_all now properly correctly"
)

HAVING: Final = pattern(
    # we keep getting some weird errors with the importer
    f"(?:{_WE}(?: am| are| have been)?)?{_OFTEN} ?{_GET} {_SOME}{_DEFECT}{maybe('here now today')}"
    f"( {_WITH}{_REST})?",
    f"there {any_of('is are seems_to_be')} {_SOME}{_DEFECT}(?: {any_of('with in on')}{_REST})?",
    f"{_SOME}{_DEFECT} {any_of('with in on')}{_REST}",
    f"{_WE} {any_of('am are got')}{_OFTEN} stuck(?: {any_of('with on')}{_REST})?",
    # the api always gives me errors
    f"{_SUBJECT}{_OFTEN} "
    f"{any_of('gives give giving throws throwing shows returns has is_giving is_throwing')}"
    f"{maybe('me us')} {_SOME}{_DEFECT}(?: {any_of('with in on')}{_REST})?",
)
_STATES: Final = any_of(
    """
not_working isn't_working aren't_working broken failing crashing bad weird wrong messed_up
acting_up acting_weird buggy not_loading not_responding not_starting stopped_working hanging
freezing
"""
)
_NOT: Final = any_of("doesn't don't does_not do_not didn't did_not won't will_not can't")
_RUNS: Final = any_of(
    "work start load open respond connect compile build run show_up launch boot function"
)
STATE: Final = pattern(
    # my model is bad
    f"{_SUBJECT}{maybe('is are seem seems look looks was')}{_OFTEN} {_STATES}(?: {_THERE}{_REST})?",
    # the cli doesn't work on windows
    f"{_SUBJECT}{_OFTEN} {_NOT}{_OFTEN} {_RUNS}(?: {_THERE}{_REST})?",
    f"{_SUBJECT}{_OFTEN} {any_of('fails crashes breaks hangs freezes crashed broke')}"
    f"(?: {any_of('on in for with at again today all_the_time every_time constantly')}{_REST})?",
    # i can't log in to the portal
    f"{_WE} (?:can't|could not|couldn't|(?:am|are) (?:unable|not able) to){_OFTEN} "
    r"(?:log ?in|connect|get in|sign in|make it work|get \w+ (?:to )?work(?:ing)?)"
    f"(?: {any_of('to into in on with')}{_REST})?",
)
_ALL: Final = """
everything all a_lot many_things so_many_things everywhere for_hours for_days for hours days
lots_of things it all_day nothing work works solutions different
"""
_SINCE: Final = """
for since all a hours days day while long time now the whole yesterday this_morning with_this
with_it
"""
TRIED: Final = pattern(
    # i have tried everything
    f"{_WE} (?:have )?(?:already )?{any_of('tried did checked googled searched')}{several(_ALL)}",
    f"{_WE} {any_of('have_been am was are')} {any_of('trying struggling stuck')}{several(_SINCE)}",
    f"(?:i )?(?:don't|do not) {any_of('know understand get')} {any_of('what why how it')}"
    f"{several('to do is wrong anymore happening this going on it happens')}",
    f"nothing works|no idea{maybe('why what how')}{maybe('to_do is_wrong')}",
)
COMPLAINS: Final = pattern(
    rf"i (?:don't|do not) {any_of('like want love')} {any_of('the this that')} \w+(?: \w+)?"
)
_SAME: Final = any_of(
    """
have had has having seeing see seen getting get facing know knows experienced encountered
"""
)
ELSE: Final = pattern(
    # does anyone else have this problem
    f"(?:{any_of('is has does did')} )?(?:anyone|someone){maybe('here')}{maybe('else here')}"
    f"(?: {_SAME})?{several('this that it the same issue problem too before why how_to_fix')}",
    "same for (?:anyone|someone)|is it (?:just |only )?me",
)
_CARE: Final = any_of(
    "look_at look_into check fix do update take_care_of take_a_look_at handle clean_up"
)
SOMEBODY_SHOULD: Final = pattern(
    # someone should look at the deploy
    f"{ANYONE} {any_of('should needs_to has_to must ought_to better')} {_CARE} "
    f"(?:it|{any_of('the that this these those our')}{more(2, 1)}){maybe('today soon asap now')}"
)
