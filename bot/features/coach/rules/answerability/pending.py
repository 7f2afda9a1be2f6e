"""Clauses around an ask that say how much it matters, and not what it is about."""

from typing import Final

from bot.features.coach.rules.answerability.wording import any_of, maybe, more, pattern, several

_SINCE: Final = """
there around for since a the while long time week weeks day days too now already quite ages some
review yesterday monday tuesday wednesday thursday friday
"""

WAITS: Final = pattern(
    # it has been sitting there for a while
    f"(?:it has |it is |they have |it |has )?(?:been )?"
    f"{any_of('sitting waiting open hanging lying up pending')}{several(_SINCE)}",
    # can't go on without it
    f"(?:i )?can't {any_of('go_on continue proceed work finish start')}"
    f"(?: {any_of('without until before')}{more(3)})?",
    f"(?:i|we) (?:am|are) (?:blocked|stuck){maybe('on_this on_that on_it')}",
    f"(?:it is |this is )?{any_of('urgent important asap very_urgent a_blocker')}",
    f"(?:i|we) need {any_of('it this that')}{maybe('asap soon today now')}",
    "(?:i|we) (?:am|are) waiting|(?:(?:quick|short) )?(?:call|huddle|chat)|call (?:us|back)",
)
