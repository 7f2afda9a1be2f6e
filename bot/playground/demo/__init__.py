"""The demo: one day of a distributed team, played on the local Slack and checked."""

from datetime import date
from typing import Final

FIRST_DAY: Final = date(2026, 10, 6)
"""A Tuesday on which nobody in the cast changes the clocks."""

STORY: Final = {
    "enrolment": "A channel that Baton joins is told what it does and how to stop it.",
    "agreement": "A team's settings are changed by those who may, and by nobody else.",
    "availability": "Nobody is reminded while they are away.",
    "coach": "A message that nobody can answer yet gets its author a private hint.",
    "asks": "A question to a person is kept, closed by the answer, and reminded of once if late.",
    "decisions": "What was decided in a thread gets a number and can be found.",
    "handoffs": "What one person stops with is taken by the next one, who starts when they stop.",
    "digest": "Everybody gets a digest at nine in their own morning.",
    "redphone": "An emergency reaches whoever is on call, at any hour.",
    "privacy": "Whoever asks is told what is kept of them, and gets it.",
    "home": "Everybody finds what concerns them on one page.",
}
"""What the day must show, scene by scene; a scene that nobody plays has not happened."""
