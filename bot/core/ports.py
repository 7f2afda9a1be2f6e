"""What the house needs of an adapter, each with a form for when there is none."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol


class Memberships(Protocol):
    """Knows who asks Slack who is in a channel."""

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Brings what is known of these channels up to date, as far as Slack answers in time."""
        ...


class NoMemberships:
    """Nobody to ask: what is not known for certain stays hidden."""

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Leaves everything as it is."""
