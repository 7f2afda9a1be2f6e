"""Requests about a document, a change or a message that is not shown."""

from typing import Final

from bot.features.coach.rules.answerability.pointing import WHEN_YOU_CAN
from bot.features.coach.rules.answerability.wording import WHO, any_of, maybe, pattern, several

_MATTER: Final = any_of(
    """
doc pr pull_request merge_request patch ticket proposal spec specs deck slides sheet spreadsheet
contract mail email e-mail design designs mockup mockups draft branch diff changes report file
page rfc notes post presentation article blog_post agenda invoice plan comment comments code repo
figma board form issue message screenshot link wiki
"""
)
_THE: Final = any_of("the my our this that his her their these a your") + several(
    "new latest updated last first small little open current second revised pending"
)
_LOOK: Final = any_of(
    """
see check check_out read look_at look_into look_over have_a_look_at take_a_look_at
have_a_look_into take_a_look_into take_a_quick_look_at have_a_quick_look_at review approve merge
proofread comment_on sign sign_off sign_off_on go_over go_through feedback_on share_feedback_on
give_feedback_on give_me_feedback_on give_me_some_feedback_on answer reply_to respond_to fix open
test use finish update complete edit fill_in fill_out
"""
)
_MADE: Final = any_of(
    "left opened made created pushed sent posted put_up submitted shared wrote written"
)

UNSHOWN: Final = pattern(
    # could someone take a look at my pr when they have time
    f"(?:(?:if )?(?:can|could|would|will) )?(?:{WHO} )?(?:able to |has time to |have time to )?"
    f"{_LOOK}(?: if)? {_THE} {_MATTER}{WHEN_YOU_CAN}",
    # thoughts on the doc
    f"(?:what do you(?: all)? think {any_of('about of')}|"
    f"(?:any )?{any_of('thoughts feedback comments opinions ideas')} {any_of('on about')}) "
    f"{_THE} {_MATTER}",
    # i left you a comment
    f"(?:i|we) (?:have )?{_MADE}{maybe('you everyone')} {_THE} {_MATTER}",
    f"(?:who|anyone) can {any_of('review approve merge check look_at')} {_THE} {_MATTER}",
    f"(?:i )?need (?:{_THE} )?{any_of('review reviews approval feedback eyes reviewer reviewers')} "
    f"{any_of('on for of')} {_THE} {_MATTER}",
    # that link is dead
    f"{_THE} {any_of('link page url image picture attachment')} {any_of('is seems')} "
    f"{any_of('dead broken gone missing not_working')}",
)
