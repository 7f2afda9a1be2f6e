"""A baton as people read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.core.quotations import SOMEBODY
from bot.features.handoffs.rules.items import OPEN, State, StepKind

_SHORT: Final = 16


@dataclass(frozen=True, slots=True)
class BlockerShown:
    """Whom a baton waits for, and for what."""

    blocker_id: str
    what: str


@dataclass(frozen=True, slots=True)
class BatonShown:
    """A baton as it is now; all texts are plain.

    `kind`, `by`, `words` and `since` are those of what happened to it last. `passed_by` is who
    passed it on to whoever it is with, `added` what somebody added when they did so last. `starts`
    is when the holder's day begins, in their time, if they were not at work when they were offered
    it. `link` leads to its card, or to its channel while that is not out.
    """

    id: str
    state: State
    channel_id: str
    what: str
    sender_id: str
    holder_id: str
    made_at: datetime
    since: datetime
    kind: StepKind
    link: str
    progress: str = ""
    why: str = ""
    next_step: str = ""
    watch_out: str = ""
    links: Sequence[str] = ()
    by: str = ""
    words: str = ""
    passed_by: str = ""
    added_by: str = ""
    added: str = ""
    starts: datetime | None = None
    blockers: Sequence[BlockerShown] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether somebody must carry it on."""
        return self.state in OPEN

    @property
    def bound_to(self) -> str:
        """The state in which the buttons of a card that shows it are good."""
        return bound_to(self.state, self.holder_id)

    def name(self, user_id: str) -> str:
        """What somebody is called."""
        return self.names.get(user_id, SOMEBODY)


def bound_to(state: str, holder_id: str) -> str:
    """A state of a baton and whom it is with, for buttons on cards for many.

    Of whom it is with only a hash: buttons outlive whoever has their data erased.
    """
    return f"{state}:{sha256(holder_id.encode()).hexdigest()[:_SHORT]}"
