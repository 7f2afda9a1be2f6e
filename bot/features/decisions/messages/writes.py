"""What is said about systems of record."""

from collections.abc import Mapping
from typing import Final

from bot.core.queue import State

ABOUT: Final = "decisions kept outside of Slack"
NONE: Final = "nowhere: no system of record is set up"
RECORD_AGAIN: Final = "Mend what it says, then run `baton decisions record --again`."
WAIT: Final = "It is tried again by itself; if it stays, mend what it says."
ONE_WORKSPACE: Final = "Use a database of its own for each workspace."
KEEPS: Final = "Which decisions stand in the team's system of record, and where"
STAYS: Final = (
    "If your team keeps decisions outside of Slack, too, they are written anew there without your "
    "name; the history of versions there is your team's, and I cannot change it."
)


def no_system() -> str:
    """For an operator."""
    return "No system of record is set up: see BATON_RECORDS_… in `baton config example`."


def several_workspaces() -> str:
    """For an operator."""
    return "nothing is written: the database has several workspaces, whose numbers would clash"


def counted(system: str, counts: Mapping[State, int], not_wanted: int) -> str:
    """For an operator: how much of a system's work is done."""
    waiting = sum(counts.get(state, 0) for state in (State.READY, State.LEASED))
    parts = [
        f"{counts.get(State.DONE, 0)} changes recorded",
        f"{waiting} waiting" if waiting else "",
        f"{counts.get(State.DEAD, 0)} given up" if counts.get(State.DEAD, 0) else "",
        f"{not_wanted} decisions from before, or of private channels" if not_wanted else "",
    ]
    return f"{system}: {', '.join(part for part in parts if part)}."


def queued_again(added: int, given_up: int) -> str:
    """For an operator."""
    return f"Being written now: {added} that were not wanted before, {given_up} that were given up."
