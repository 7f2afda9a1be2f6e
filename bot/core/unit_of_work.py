"""One workspace, one transaction, one instant."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.core import workspaces
from bot.core.agreement import reading
from bot.core.agreement.setting import EVERYWHERE, Setting
from bot.core.db import once
from bot.core.outbox import Outbox
from bot.core.workspaces import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What a verb works with. Only `Bot.begin` makes one, and only it commits."""

    team_id: str
    now: datetime
    session: Session
    outbox: Outbox
    unsure: set[str] = field(default_factory=set)
    """Channels that Slack has to be asked about before it is known who may see them."""
    systems: tuple[str, ...] = ()
    """The systems of record in which what is decided is kept, too, by name."""
    readers: frozenset[str] = frozenset()
    """People for whom the same is done one after the other: what one needs is read for all."""

    def setting(
        self, setting: Setting[T], *, channel_id: str = EVERYWHERE, user_id: str = EVERYWHERE
    ) -> T:
        """What the working agreement says for somebody, somewhere."""
        place = (self.session, self.team_id)
        return reading.value(*place, setting, channel_id=channel_id, user_id=user_id)

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What is read; only once, where much of the same is done together."""
        return once(self.session, key, read)

    def for_reader(
        self, key: Hashable, user_id: str, read: Callable[[Sequence[str]], Mapping[str, T]]
    ) -> T | None:
        """What is read for somebody: by one statement for all the readers, if they are one of them.

        `read` gets ids of people and returns what it found, by id.
        """
        if user_id not in self.readers:
            return read([user_id]).get(user_id)
        return self.once((key, "readers"), lambda: read(sorted(self.readers))).get(user_id)

    @property
    def workspace(self) -> Workspace:
        """The workspace it happens in. Raises UnknownWorkspace."""
        return workspaces.get(self.session, self.team_id)
