"""The workspaces of one local Slack, and which of them something is about."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.playground.slack import LocalSlack
from bot.playground.world import TIDELINE, Team

OTHERS: Final = (("T0SECOND0", "Driftwood"), ("T0THIRD00", "Saltmarsh"), ("T0FOURTH0", "Eelgrass"))
"""The workspaces beside Tideline: id and name."""


def teams(count: int, *, equal_ids: bool) -> list[Team]:
    """The first `count` workspaces of a server, 1 to 4."""
    others = [
        Team(ident, name, name.lower(), number, has_own_ids=not equal_ids)
        for number, (ident, name) in enumerate(OTHERS, start=2)
    ]
    return [TIDELINE, *others][:count]


class Workspaces:
    """All workspaces of a server, in order. What names none of them is about the first."""

    def __init__(self, slacks: Sequence[LocalSlack]) -> None:
        self._slacks = {slack.world.team.id: slack for slack in slacks}

    def __iter__(self) -> Iterator[LocalSlack]:
        return iter(self._slacks.values())

    @property
    def first(self) -> LocalSlack:
        """The one that is always there."""
        return next(iter(self))

    def of_team(self, team_id: str) -> LocalSlack | None:
        """The workspace with this id; empty: the first."""
        return self._slacks.get(team_id) if team_id else self.first

    def workspace_of(self, token: str) -> LocalSlack | None:
        """The workspace in which the app has this token."""
        return next((slack for slack in self if token in slack.tokens), None)

    def of_host(self, host: str) -> LocalSlack:
        """The workspace whose address begins with this name."""
        domain = host.partition(".")[0]
        return next((slack for slack in self if slack.world.team.domain == domain), self.first)

    def of_response(self, key: str) -> LocalSlack:
        """The workspace in which a response URL was handed out."""
        return next((slack for slack in self if key in slack.triggers.response_urls), self.first)

    def of_upload(self, key: str) -> LocalSlack:
        """The workspace in which an address for a file was handed out."""
        files = ((slack, file) for slack in self for file in slack.world.files.values())
        return next((slack for slack, file in files if file.key == key), self.first)
