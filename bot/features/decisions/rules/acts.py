"""What a message may do in a conversation that comes to a decision."""

from enum import StrEnum


class Act(StrEnum):
    """An act, with what it tells."""

    MINUTES = "notes in the minutes what is decided"
    RULES = "says outright that it is settled, or what was chosen"
    CALLS = "calls on the group to do it"
    TELLS = "says in the imperative what is to be done"
    WE_WILL = "says what the group will do"
    I_WILL = "takes it upon themselves"
    DOES = "does it, and says so"
    BECOMES = "says what becomes of a thing"
    CONCLUDES = "draws the conclusion of what was said"

    GRANTS = "tells somebody to do what they put forward"
    AGREES = "has nothing against it"
    SAYS_YES = "may accept, or only answer"
    NODS = "is nothing but a few words that accept"
    CONCEDES = "was against it, or undecided, and is no more"
    LEADS_IN = "begins as a conclusion does"
    CARRIES_OUT = "carries it out, or says that it is done"
    THANKS = "takes note"
    OBJECTS = "is against it, or not so sure"
    TAKES_BACK = "says that what was said before holds no more"

    PROPOSES = "puts a course to the others"
    SUGGESTS = "names a course without putting it to anybody"

    REPORTS = "tells of what was decided before, or by others"
    SUPPOSES = "says that nothing of it is real"
    CONDITIONAL = "holds only if something else does"
    DEFERS = "puts the decision off"
    WAITS = "waits for something to be known first"
    JOKES = "is said for fun"
    CHATS = "is about pleasures"
    SEEKS_HELP = "asks for help with something of one's own"

    STATES = "says how things are"
    COUNTS = "names figures: a date, an amount, a version"
    TURNS = "turns to another matter"


COMMITTING = frozenset(
    {
        Act.MINUTES,
        Act.RULES,
        Act.CALLS,
        Act.TELLS,
        Act.WE_WILL,
        Act.I_WILL,
        Act.DOES,
        Act.BECOMES,
        Act.CONCLUDES,
    }
)
"""Acts that commit somebody to a course."""

ACCEPTING = frozenset({Act.GRANTS, Act.AGREES})
"""Acts that accept, whatever was put up."""
