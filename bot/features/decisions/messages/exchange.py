"""What is said where decisions are taken in from files."""

from bot.features.decisions.rules.registry import name_of


def taken(name: str, title: str) -> str:
    """Another decision has that number."""
    return f"{name} is another decision here, or another version of it: {title}"


def logged_as(name: str, number: int) -> str:
    """The thread is logged under another number."""
    return f"{name} was made in a thread that is logged here as {name_of(number)}."


def without(name: str, following: int) -> str:
    """What superseded a decision is missing."""
    return f"{name} was superseded by {name_of(following)}, which is in no file and not here."


def in_unknown_channels(decisions: int, places: int) -> str:
    """Nobody can see some decisions for now."""
    what = "1 decision was" if decisions == 1 else f"{decisions} decisions were"
    where = "a channel" if places == 1 else f"{places} channels"
    return f"{what} made in {where} that I do not know: nobody sees them until I am a member there."


def still_proposed(decisions: int) -> str:
    """Files hold no votes."""
    what = "1 decision is" if decisions == 1 else f"{decisions} decisions are"
    it = "it" if decisions == 1 else "them"
    what_to_do = f"Propose {it} again with /decision propose, or end {it} with /decision deprecate."
    votes = "Who was asked and what they said is in no file, so nobody can vote"
    return f"{what} still proposed. {votes}. {what_to_do}"
