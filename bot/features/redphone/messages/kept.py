"""What is kept of people by the red phone, and for how long."""

from typing import Final

PAGES: Final = "Pages that you sent, got or were on, and what you wrote and answered about them"
PAGES_FOR: Final = "the words {texts}, or as long as the page is open; that there was one, a year"
PAGES_STAY: Final = (
    "A page of yours that is still open goes on, without your name, until it is over: others are "
    "on it. Then it goes, too, within an hour. Pages of others stay, without your name."
)
ON_CALL: Final = "When you are on call, and in which escalation policies you stand"
ON_CALL_FOR: Final = "until somebody changes it; a swap or a shift, a year"
ON_CALL_STAYS: Final = (
    "A shift in a calendar of your team's comes back from there as long as it stands in it."
)
NOBODY_LEFT: Final = (
    "You are on call, and after this nobody is: the red phone would reach nobody there. Put "
    "somebody else on call first: /redphone oncall @person"
)
SOMEBODY_ELSE: Final = "You are on call: after this, whoever comes next is."
ON_A_PAGE: Final = "You are on a page that is still open: after this I page on."
ERASED: Final = "What stood here was erased."
