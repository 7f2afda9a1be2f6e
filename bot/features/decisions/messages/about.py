"""What the decision registry says about itself."""

from typing import Final

COMMAND_DESCRIPTION: Final = "Find and show decisions"
COMMAND_USAGE: Final = "find words | show D-1 | list"
HELP: Final = (
    "*Decisions.* Pick _Log a decision_ from the menu of a message to record what was decided; "
    "it gets a number and a card in the thread. `/decision find words`, `/decision show D-1` "
    "and `/decision list` bring it back. The record stays until it is changed, also when the "
    "message is edited or deleted; if its author has their data erased, the quote goes."
)
KEEPS: Final = "Decisions that you logged or own, or in which you are quoted"
KEPT_FOR: Final = "as long as I am installed"
NUMBERS: Final = "How many decisions there are"
STAYS: Final = (
    "Decisions stay as they were recorded, without your name; where your message is quoted in one, "
    "“(erased)” stands instead."
)
PROPOSALS: Final = "What you propose, what you say as a reviewer, concerns that you raise or settle"
REVIEWS_STAY: Final = (
    "What you said about a proposal goes on counting without your name and your words; of your "
    "concerns “(erased)” stays."
)
