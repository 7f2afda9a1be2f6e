"""Whether pages go on as they should."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.features.redphone.rules.states import State

AUDITED_EVERY: Final = timedelta(minutes=1)
LATE_AFTER: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a page stood at one look. At `settle_by` the first of its attempts has to be seen to."""

    team_id: str
    page_id: UUID
    state: State
    position: int
    next_at: datetime | None
    settle_by: datetime | None
    is_alarmed: bool = False

    @property
    def place(self) -> "Seen":
        """The same for as long as the page does not go on."""
        return Seen(
            self.team_id, self.page_id, self.state, self.position, self.next_at, self.settle_by
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """What a look found: pages that do not go on, and those that do again since an alarm.

    `late` are all that should have gone on a minute ago. It takes two looks until one of them is
    `stuck`: after a machine slept, or the process began, the first finds what is just being done.
    """

    stuck: Collection[Seen]
    calmed: Collection[Seen]
    late: Collection[Seen]

    @property
    def is_well(self) -> bool:
        """Whether whoever listens outside may hear that all is well."""
        return not self.late


def audit(pages: Iterable[Seen], before: Collection[Seen], now: datetime) -> Audit:
    """Compares how pages stand with how they stood at the look `before`."""
    known = {each.place for each in before}
    found = list(pages)
    late = [each for each in found if _is_late(each, now)]
    return Audit(
        stuck=[each for each in late if each.place in known and not each.is_alarmed],
        calmed=[each for each in found if each.is_alarmed and each not in late],
        late=late,
    )


def _is_late(page: Seen, now: datetime) -> bool:
    if page.state is State.EXHAUSTED:
        return False
    if page.next_at is None:
        return page.state is State.OPEN
    overdue = now - LATE_AFTER
    is_unsettled = page.settle_by is not None and page.settle_by < overdue
    return page.next_at < overdue or is_unsettled
