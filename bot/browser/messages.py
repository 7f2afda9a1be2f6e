"""What pages say: of a link behind which there is nothing, and of an installation."""

from collections.abc import Mapping
from typing import Final

from bot.core.installing import Finished, Outcome
from bot.core.links import LinkPage

UNKNOWN: Final = LinkPage(
    "This link opens nothing",
    "It may have been cut off on its way. Try the one in the newest message, or open Slack.",
)
OVER: Final = LinkPage(
    "This link is too old",
    "What it was for is over, or has a newer link. Try the newest message, or open Slack.",
)
FROM_ELSEWHERE: Final = LinkPage(
    "Nothing was done",
    "Another page sent you here. Open the link from your message, and press the button there.",
)
TOO_MANY: Final = LinkPage("One moment", "There were many tries. Try again in a minute.")
NOT_DONE: Final = LinkPage(
    "That did not work", "Nothing was done. Press the button once more, or open Slack."
)

AGAIN: Final = "Start again"
_NOT_INSTALLED: Final[Mapping[Outcome, tuple[LinkPage, str]]] = {
    Outcome.DECLINED: (
        LinkPage(
            "Nothing was installed",
            "You said no, and nothing has changed. If that was a slip, start again.",
        ),
        AGAIN,
    ),
    Outcome.NOT_BEGUN_HERE: (
        LinkPage(
            "One more step",
            "You come from a page of Slack's, which does not tell who began this. Go on here, and "
            "Slack asks you once more.",
        ),
        "Continue",
    ),
    Outcome.INCOMPLETE: (
        LinkPage(
            "Something is missing",
            "This address is only a part of the one that Slack sends you back to. Nothing was "
            "installed; start again.",
        ),
        AGAIN,
    ),
    Outcome.OVER: (
        LinkPage(
            "This is over already",
            "If you find Baton in Slack, all is well. If not, start again.",
        ),
        AGAIN,
    ),
    Outcome.EXPIRED: (
        LinkPage(
            "That took too long",
            "There are ten minutes for it. Nothing was installed; start again.",
        ),
        AGAIN,
    ),
    Outcome.OTHER_BROWSER: (
        LinkPage(
            "This began in another browser",
            "Nothing was installed. Go on in the browser in which you began, or start again here.",
        ),
        AGAIN,
    ),
    Outcome.NOT_ALLOWED: (
        LinkPage(
            "Baton is not open to this workspace",
            "Nothing was installed: whoever runs this Baton chose who may. Ask them to add your "
            "workspace, or choose another one.",
        ),
        "Choose another workspace",
    ),
    Outcome.SCOPES_MISSING: (
        LinkPage(
            "Slack allowed less than Baton needs",
            "Nothing was installed. Whoever runs this Baton can mend it: the app at Slack is older "
            "than its manifest.",
        ),
        "",
    ),
    Outcome.SLACK_SILENT: (
        LinkPage(
            "Slack does not answer",
            "Nothing was kept of this. Wait a minute and start again; that does no harm, even if "
            "Slack shows Baton already.",
        ),
        AGAIN,
    ),
    Outcome.SLACK_REFUSED: (
        LinkPage(
            "Slack did not go along",
            "Nothing was installed. Start again.",
        ),
        AGAIN,
    ),
    Outcome.SET_UP_WRONG: (
        LinkPage(
            "Baton is not set up right",
            "Nothing was installed, and you did nothing wrong. Whoever runs this Baton finds the "
            "reason in its log.",
        ),
        "",
    ),
    Outcome.FAILED: (
        LinkPage(
            "That did not work",
            "Nothing was installed. Try again in a minute.",
        ),
        AGAIN,
    ),
}


def of_installation(finished: Finished) -> tuple[LinkPage, str]:
    """What somebody sees who installed Baton, or could not, and what the way on is called."""
    match finished.outcome:
        case Outcome.INSTALLED:
            title = f"Baton is in {finished.name}" if finished.name else "Baton is installed"
            text = "Write /invite @Baton in a channel, and it says there what it does."
            return LinkPage(title, text, finished.lacks), "Open Slack"
        case Outcome.INSTALLED_IN_ORGANISATION:
            title = f"{finished.name} has Baton" if finished.name else "Baton is installed"
            text = "It is in none of your workspaces yet. Choose those that want it."
            return LinkPage(title, text, finished.lacks), "Choose workspaces"
        case outcome:
            return _NOT_INSTALLED[outcome]
