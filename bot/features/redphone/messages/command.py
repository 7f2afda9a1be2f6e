"""What somebody reads who types /redphone."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message
from bot.core.render import Mention, Mrkdwn, join, mrkdwn

COMMAND_DESCRIPTION: Final = "Interrupt whoever is on call, for what cannot wait"
COMMAND_USAGE: Final = "what is happening | help"
SHORTCUT_NAME: Final = "Red phone…"
SHORTCUT_DESCRIPTION: Final = "Page somebody about this message, at any hour"
HELP: Final = (
    "*Red phone.* `/redphone what is happening`, or _Red phone…_ in a message's menu, pages "
    "whoever is on call, a person or a group, at any hour, after you confirm, and goes on until "
    "somebody presses a button. It is for emergencies only; everything else can wait for an "
    "answer.\n"
    "`/redphone open` lists what is open. `/redphone schedule` and `/redphone oncall @person` say "
    "who is on call, `/redphone contact` how you are reached outside of Slack, `/redphone policy` "
    "how pages go on, `/redphone channel #incidents` where all can follow them. `/redphone drill` "
    "tries all of it."
)
BENEFIT: Final = (
    "*What cannot wait* reaches whoever is on call, at any hour, and nothing else does: "
    "`/redphone nobody can sign up`"
)
SAY_WHAT: Final = "Please say in a sentence what is happening."
SAY_IMPACT: Final = "Please say who or what suffers while nobody acts."
SAY_WHOM: Final = "Please pick whom to page."
CANNOT_BE_PAGED: Final = "Only full members of this workspace can be paged. Please pick another."
IS_YOU: Final = "That would page nobody but you. Please pick somebody else."
NOBODY: Final = "That reaches nobody now. Please pick somebody else."


def help_text() -> Message:
    """What /redphone can do."""
    return Message(mrkdwn(HELP))


def follows() -> Mrkdwn:
    """Below how a page stands: where that is told from then on."""
    return mrkdwn("My direct message to you tells how it goes on; “It's over” in it calls it off.")


def nobody_on_call() -> Mrkdwn:
    """On top of a form while nobody is on call: what to do now, and for the next time."""
    return mrkdwn(
        "Nobody is on call, so please pick whom to page. For the next time: {how}",
        how=mrkdwn("`/redphone oncall @person`"),
    )


def own_words() -> Mrkdwn:
    """On top of a form that was opened on a message whose words are not for everybody."""
    return mrkdwn(
        "That message is not public, so please say in your own words what is happening. Whoever "
        "can see it gets a link to it."
    )


def asked(who: Sequence[tuple[str, str]], not_asked: Sequence[str]) -> list[Mrkdwn]:
    """Who was asked instead, and by when, in the caller's time; and who could not be."""
    told = [
        mrkdwn("{who} is asked to answer by {due}. Nobody was paged.", who=Mention(each), due=due)
        for each, due in who
    ]
    if not_asked:
        names = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in not_asked])
        told.append(join("", [mrkdwn(":warning: I could not ask "), names, mrkdwn(".")]))
    return told


def many(count: int, most: int) -> Mrkdwn:
    """So many people cannot be asked at once."""
    return mrkdwn(
        ":warning: That would ask {count} people at once, and I ask {most} at most. Please pick a "
        "person.",
        count=count,
        most=most,
    )


def not_yet(sentences: Sequence[str]) -> Mrkdwn:
    """Why nothing was done yet, on top of the form."""
    return mrkdwn(":warning: {why}", why=" ".join(sentences))
