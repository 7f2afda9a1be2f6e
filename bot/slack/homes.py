"""Where something comes from: whether Baton is there, by which installation, and as whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from bot.core import installations, workspaces
from bot.core.workspaces import Workspace
from bot.slack.inbound import author_of
from bot.slack.payloads import Json, object_in, organisation_in, text_in

_ABOUT_BATON: Final = frozenset({"member_joined_channel", "member_left_channel"})
"""What Baton does that it has to hear of, too."""


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace that Baton is in; `organisation`: served by the installation of that one."""

    workspace: Workspace
    organisation: str | None = None

    @classmethod
    def of(cls, session: Session, team_id: str) -> "Home | None":
        """What is known of a workspace; None: Baton is not in it."""
        workspace = workspaces.find(session, team_id)
        if workspace is None:
            return None
        row = installations.served_by(session, team_id)
        return cls(workspace, row.team_id if row is not None and row.is_org_wide else None)

    def generation_of(self, payload: Mapping[str, object]) -> int | None:
        """By which installation an event came; None: by none that lives."""
        here, happened = self.workspace, payload.get("event_time")
        is_of_before = (
            here.generation
            and here.installed_at is not None
            and isinstance(happened, int)
            and happened < int(here.installed_at.timestamp())
        )
        return None if is_of_before else here.generation

    def is_served_for(self, organisation: str | None) -> bool:
        """Whether that organisation may speak of this workspace; None: it speaks for itself."""
        return self.organisation is None or organisation in {None, self.organisation}

    def admits(self, payload: Json) -> bool:
        """Whether an event may speak of this workspace."""
        return self.is_served_for(organisation_in(payload) or None)

    def is_ours(self, payload: Json) -> bool:
        """Whether Baton itself did what an event tells of."""
        told = object_in(payload, "event")
        if text_in(told, "type") in _ABOUT_BATON:
            return False
        ours = {self.workspace.bot_user_id, self.workspace.bot_id} - {""}
        return author_of(payload) in ours or text_in(told, "bot_id") in ours
