"""The step of a workflow that has its named owner confirm a decision."""

from datetime import timedelta
from typing import Final

from bot.core.events import MessageNotSent
from bot.core.render import clean
from bot.core.steps import Kind, Parameter, Step
from bot.features.decisions.rules import permalinks
from bot.features.decisions.rules.permalinks import Address
from bot.features.decisions.rules.registry import TEXT_LENGTH, TITLE_LENGTH

NAME: Final = "log_decision"
TITLE: Final = "title"
WHY: Final = "why"
OWNER: Final = "owner"
CHANNEL: Final = "channel"
MESSAGE_URL: Final = "message_url"
DECISION_ID: Final = "decision_id"
DECISION_URL: Final = "decision_url"

STEP: Final = Step(
    NAME,
    "Log a decision",
    "Has the decision's owner confirm it, then logs it in the decision registry",
    (
        Parameter(TITLE, Kind.TEXT, "What was decided"),
        Parameter(WHY, Kind.TEXT, "Why", is_required=False),
        Parameter(OWNER, Kind.PERSON, "Owner, who confirms it"),
        Parameter(CHANNEL, Kind.CHANNEL, "Channel it belongs to"),
        Parameter(MESSAGE_URL, Kind.TEXT, "Link to the message", is_required=False),
    ),
    (
        Parameter(DECISION_ID, Kind.TEXT, "Decision, e.g. D-17"),
        Parameter(DECISION_URL, Kind.TEXT, "Link to the decision"),
    ),
)
WAITS: Final = timedelta(days=7)
"""As long as the buttons of a message of ours are good."""
LONGEST_ID: Final = 64
_PREFIX: Final = "decisions:step:"
_ASK: Final = ":ask"


def title_of(given: str) -> str:
    """The title that a workflow gives, on one line and as long as a title may be."""
    return " ".join(clean(given).split())[:TITLE_LENGTH]


def why_of(given: str) -> str:
    """The reasons that a workflow gives, as long as a text may be."""
    return clean(given).strip()[:TEXT_LENGTH]


def address_in(url: str, site: str, channel_id: str) -> Address | None:
    """The message that a link leads to; None: it leads to none of this channel."""
    found = permalinks.read(url)
    is_here = found is not None and (found.site, found.channel_id) == (site, channel_id)
    return found if is_here else None


def ask_key(execution: str) -> str:
    """Under which the owner's message is queued."""
    return f"{_PREFIX}{execution}{_ASK}"


def end_key(execution: str) -> str:
    """Under which the step's one end is queued."""
    return f"{_PREFIX}{execution}:end"


def execution_of(key: str) -> str:
    """The execution whose owner is asked by the message with this key; empty: of none."""
    is_ask = key.startswith(_PREFIX) and key.endswith(_ASK)
    return key.removeprefix(_PREFIX).removesuffix(_ASK) if is_ask else ""


def may_be_waited_for(event: MessageNotSent) -> bool:
    """Whether a step may wait for what was given up: its owner's message, or a card."""
    return event.key.startswith("decisions:")
