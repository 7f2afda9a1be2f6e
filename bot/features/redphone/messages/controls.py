"""The buttons below a page, which depend on where it stands and who reads them."""

from typing import Final

from bot.core.blocks import Element, button, overflow
from bot.features.redphone.rules.acknowledging import Standing, bound_to, has
from bot.features.redphone.rules.states import UNANSWERED, State

ACKNOWLEDGE: Final = "redphone.acknowledge"
JOIN: Final = "redphone.join"
INVITE: Final = "redphone.invite"
UPDATE: Final = "redphone.update"
RESOLVE: Final = "redphone.resolve"
REOPEN: Final = "redphone.reopen"
HAND_OVER: Final = "redphone.hand_over"
HAND_BACK: Final = "redphone.hand_back"
STILL_ON_IT: Final = "redphone.still_on_it"
SNOOZE: Final = "redphone.snooze"
MORE: Final = "redphone.more"
"""The menu of what else whoever has it can do; a choice is a button's name and the page's id."""

SNOOZES: Final = {30: "30 minutes", 60: "1 hour", 120: "2 hours"}
"""For how many minutes somebody may put off being asked."""


def snooze(minutes: int) -> str:
    """What an entry of the menu is called that puts it off."""
    return f"{SNOOZE}-{minutes}"


_MORE: Final = {
    **{snooze(minutes): f"Ask me again in {label}" for minutes, label in SNOOZES.items()},
    HAND_OVER: "Hand over to…",
    HAND_BACK: "Hand it back",
}


def controls(page_id: str, standing: Standing, reader_id: str | None = None) -> list[Element]:
    """What can be done about a page by its reader; None: on a card for many."""
    bound = bound_to(standing) if reader_id is None else None
    if standing.state in UNANSWERED:
        return [acknowledge(page_id)]
    if standing.state is State.RESOLVED:
        return [button("Reopen", REOPEN, page_id, state=bound)]
    if standing.state is not State.ACKNOWLEDGED:
        return []
    tell = button("Post an update…", UPDATE, page_id, state=bound)
    if reader_id is not None and has(standing, reader_id):
        return [tell, resolve(page_id), button("Join me…", INVITE, page_id), _more(page_id)]
    return [join(page_id, state=bound), tell, resolve(page_id, state=bound)]


def acknowledge(page_id: str) -> Element:
    """Whoever presses it is on it; of two who press, the second is told who was first."""
    return button("I'm on it", ACKNOWLEDGE, page_id, style="primary")


def join(page_id: str, *, state: str | None = None) -> Element:
    """Whoever presses it helps."""
    return button("Join", JOIN, page_id, state=state)


def resolve(page_id: str, *, state: str | None = None) -> Element:
    """Whoever presses it is asked what it was."""
    return button("Resolve…", RESOLVE, page_id, state=state)


def when_asked(page_id: str) -> list[Element]:
    """The answers to whether somebody is still on it."""
    return [
        button("Still on it", STILL_ON_IT, page_id, style="primary"),
        button("Post an update…", UPDATE, page_id),
        button("Snooze 1 hour", SNOOZE, page_id),
        resolve(page_id),
        button("Hand it back", HAND_BACK, page_id),
    ]


def _more(page_id: str) -> Element:
    return overflow(MORE, {f"{name}|{page_id}": label for name, label in _MORE.items()})
