"""One workspace, one transaction, one instant."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from bot.core import workspaces
from bot.core.agreement import reading
from bot.core.agreement.setting import EVERYWHERE, Setting
from bot.core.db import for_each, once
from bot.core.encryption import Keyring
from bot.core.events import Event
from bot.core.outbox import Outbox
from bot.core.workspaces import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class House:
    """What a process was set up with, as far as features need to know.

    `public_url` is where people outside of Slack reach it, None: nowhere. `pagers` are the ways to
    reach somebody outside of Slack, by name. `erases_after`: how long after the end of an
    installation what is kept of it is deleted.
    """

    keyring: Keyring = field(default_factory=Keyring)
    public_url: str | None = None
    pagers: tuple[str, ...] = ()
    erases_after: timedelta = timedelta(days=1)


EVERYBODY: Final = "*"
"""Among those whose boards are touched: all of the workspace."""


def _nobody(_uow: "UnitOfWork", _user_id: str, _instant: datetime) -> None:
    """Nobody was named."""


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What a verb works with. Only `Bot.begin` makes one, and only it commits."""

    team_id: str
    now: datetime
    session: Session
    outbox: Outbox
    unsure: set[str] = field(default_factory=set)
    """Channels that Slack has to be asked about before it is known who may see them."""
    touched: set[str] = field(default_factory=set)
    """Whose boards show something else from now on; see `boards.touch`."""
    told: list[Event] = field(default_factory=list)
    """What features are told of at the end of this unit of work, inside it; see `tell`."""
    finds_stand_in: "Callable[[UnitOfWork, str, datetime], str | None]" = _nobody
    wakes: set[str] = field(default_factory=set)
    """The lanes that have something to do once this is committed; see `Bot.in_lane`."""
    house: House = field(default_factory=House)
    """What this process was set up with."""
    systems: tuple[str, ...] = ()
    """The systems of record in which what is decided is kept, too, by name."""

    def stand_in_for(self, user_id: str, instant: datetime) -> str | None:
        """Who stands in for somebody who is away on that day of theirs; see `ports.StandIns`."""
        return self.finds_stand_in(self, user_id, instant)

    def tell(self, event: Event) -> None:
        """Tells every feature that wants it of an event of our own, as the last thing in here."""
        self.told.append(event)

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
        """What is read for somebody, or for many at once: see `for_each`."""
        return for_each(self.session, key, user_id, read)

    @property
    def workspace(self) -> Workspace:
        """The workspace it happens in. Raises UnknownWorkspace."""
        return workspaces.get(self.session, self.team_id)
