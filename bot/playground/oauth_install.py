"""What an app is given when somebody installs it: a token, for some scopes, in some workspaces."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.world import Organisation


class Fate(StrEnum):
    """What a call is told whose token is over."""

    REVOKED = "token_revoked"
    UNINSTALLED = "account_inactive"


@dataclass(slots=True, eq=False)
class Install:
    """One install; `teams` are the ids of the workspaces that it works in.

    `organisation` is set if it is org-wide: then admins add workspaces and take them away.
    """

    token: str = field(repr=False)
    scopes: frozenset[str]
    teams: list[str]
    organisation: Organisation | None = None
    fate: Fate | None = None

    @property
    def is_org_wide(self) -> bool:
        """Whether it is an organisation's."""
        return self.organisation is not None
