"""What the decision registry says about itself."""

from typing import Final

COMMAND_DESCRIPTION: Final = "Find, show and keep decisions"
BENEFIT: Final = (
    "*Never decide twice:* what a thread settles gets a number, and can be found when somebody "
    "asks why: `/decision find pricing`"
)
COMMAND_USAGE: Final = "help"
FIND_USAGE: Final = "words"
SHOW_USAGE: Final = "D-1"
LIST_USAGE: Final = "[#channel] [tag] [status] [@owner]"
AMEND_USAGE: Final = "D-1"
SUPERSEDE_USAGE: Final = "D-1 D-2"
DEPRECATE_USAGE: Final = "D-1"
REVIEW_USAGE: Final = "D-1"
HELP: Final = (
    "*Decisions.* Pick _Log a decision_ from a message's menu, or write `@Baton log this` in a "
    "thread: I fill in a form from what was said, and what you send off gets a number and a card "
    "in the thread. `/decision find words`, `/decision show D-1` and `/decision list` bring it "
    "back, `/decision propose` asks others first. Every version is kept. The record stays as "
    "somebody confirmed it, also when the message is edited or deleted; if its author has their "
    "data erased, the quote goes. `/decision help` tells the rest."
)
COMMANDS: Final = (
    "*Log* what was decided: pick _Log a decision_ from the menu of the message that settles it, "
    "write `@Baton log this` in its thread, react with the emoji that is set for it, or type "
    "`/decision log` with a link to the message or without. In Workflow Builder there is a step "
    "_Log a decision_; Slack offers it on paid plans only.\n"
    "• `/decision propose` asks reviewers before it is decided, in their own working days\n"
    "• `/decision objections words` tells what was objected, and how it was settled\n"
    "• `/decision find words` finds decisions by their words\n"
    "• `/decision show D-1` shows one, with its history and what can be done about it\n"
    "• `/decision list` shows the newest; `list #channel`, `list accepted`, `list tag database`, "
    "`list @somebody` and `list mine` narrow it, also together\n"
    "• `/decision amend D-1` changes its words, owner, tags or review date\n"
    "• `/decision supersede D-1 D-2` has D-2 take the place of D-1\n"
    "• `/decision deprecate D-1` says that it holds no more, and why\n"
    "• `/decision review D-1` says whether it still holds; its owner is reminded 14 days, "
    "7 days and 1 day before that is due\n"
    "If a thread settles something and nobody logs it, I ask whoever settled it, once."
)
KEEPS: Final = "Decisions that you logged or own, or in which you are quoted"
KEEPS_VERSIONS: Final = "Who changed which decision, when, and why; what it said before"
KEEPS_QUOTES: Final = "Your words in decisions, and which messages of yours they come from"
KEEPS_FORMS: Final = "Forms about decisions that you opened, or that quote you, until they are sent"
FORMS_KEPT_FOR: Final = "a day"
KEPT_FOR: Final = "as long as I am installed"
NUMBERS: Final = "How many decisions there are"
TAGS: Final = "The tags of decisions"
STAYS: Final = (
    "Decisions stay as they were recorded, without your name; where your message is quoted in one, "
    "“(erased)” stands instead."
)
STAYS_VERSIONS: Final = "The versions stay, without your name and your notes."
PROPOSALS: Final = "What you propose, what you say as a reviewer, concerns that you raise or settle"
REVIEWS_STAY: Final = (
    "What you said about a proposal goes on counting without your name and your words; of your "
    "concerns “(erased)” stays."
)
