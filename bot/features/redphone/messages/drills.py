"""What people read of drills."""

from typing import Final

from bot.core.render import mrkdwn

USAGE: Final = "drill [what to say]"
WHAT: Final = "We try out the red phone. Nothing is wrong."
FORM: Final = mrkdwn(
    ":test_tube: *A drill:* everybody is paged as the escalation policy says, also at night, and "
    "every message says that nothing is wrong. Whoever is paged presses the button as always."
)
"""On top of the form."""
