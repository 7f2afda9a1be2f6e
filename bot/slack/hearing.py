"""Has features hear events: many in one unit of work, and where that fails each alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from bot.core import logs, traces
from bot.core.bot import Bot, Subscription
from bot.core.errors import WorkspaceGone
from bot.core.events import Event
from bot.core.unit_of_work import UnitOfWork
from bot.slack import together
from bot.slack.together import Arrived, Lane

log = logs.get(__name__)

TOGETHER: Final = 16
"""So many events that concern somebody share a unit of work: nobody who writes waits for long."""


def runs(arrived: Iterable[Arrived]) -> Iterator[list[Arrived]]:
    """Events that follow each other and can be heard together; every other one is alone."""
    run: list[Arrived] = []
    concerning = 0
    for each in arrived:
        fits = bool(run) and each.is_shared and each.claim.row.team_id == run[-1].claim.row.team_id
        if run and not (fits and run[-1].is_shared and concerning < TOGETHER):
            yield run
            run, concerning = [], 0
        run.append(each)
        concerning += bool(each.listeners)
    if run:
        yield run


class Hearing:
    """Runs the listeners of events in units of work."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def together(self, run: Sequence[Arrived], moves: Counter[Lane]) -> bool:
        """Has events of a workspace heard one after the other, all of them or none.

        `moves` counts what was done in each conversation since the events were sifted: after that
        it is found out anew whom they concern. Returns False if nothing of it counts.
        """
        if not any(each.listeners or each.is_stale(moves) for each in run):
            return True
        first = run[0]

        def listen(uow: UnitOfWork) -> None:
            together.read_ahead(uow, [each.event for each in run if each.listeners])
            for place, each in enumerate(run):
                if each.is_stale(moves):
                    rest = [other for other in run[place:] if other.is_stale(moves)]
                    together.sift(uow.session, uow.team_id, rest, moves)
                if each.event is not None and each.listeners:
                    moves[each.lane] += 1
                    with traces.under(each.claim.row.id):
                        self._tell(each.listeners, each.event, uow)

        try:
            self._perform(first.claim.row.team_id, listen, first.generation)
        except Exception as error:  # noqa: BLE001 - whichever it is, each alone tells
            log.info("events not heard together", error=type(error).__name__)
            return False
        return True

    def alone(
        self, event: Event, listeners: Sequence[Subscription], *, generation: int
    ) -> dict[str, str]:
        """Has an event heard by those who want it, where Baton is by that installation still.

        Returns the listeners that failed, each with the error's name.
        """
        with suppress(WorkspaceGone):
            return self._in_one_or_each(listeners, event, generation)
        return {}

    def again(self, listener: str, event: Event, *, generation: int) -> None:
        """Has one listener hear an event again; one that is gone has no use for it."""
        for subscription in self._bot.subscriptions_to(event):
            if subscription.name == listener:
                self._run([subscription], event, generation)

    def _in_one_or_each(
        self, listeners: Sequence[Subscription], event: Event, generation: int
    ) -> dict[str, str]:
        """Has all of them hear an event in one unit of work; if that fails, each in its own.

        Returns those that failed alone, each with the error's name. Raises WorkspaceGone.
        """
        try:
            self._run(listeners, event, generation)
        except WorkspaceGone:
            raise
        except Exception as error:
            name = type(error).__name__
            if len(listeners) > 1:
                log.info("not heard together", error=name)
                alone = [self._in_one_or_each([each], event, generation) for each in listeners]
                return {listener: why for failed in alone for listener, why in failed.items()}
            log.exception("listener failed", listener=listeners[0].name)
            return {listeners[0].name: name}
        return {}

    def _run(self, listeners: Sequence[Subscription], event: Event, generation: int) -> None:
        def listen(uow: UnitOfWork) -> None:
            self._tell(listeners, event, uow)

        self._perform(event.team_id, listen, generation)

    def _perform(
        self, team_id: str, listen: Callable[[UnitOfWork], None], generation: int | None
    ) -> None:
        self._bot.perform(team_id, listen, during="event", generation=generation)

    def _tell(self, listeners: Sequence[Subscription], event: Event, uow: UnitOfWork) -> None:
        """An event, then whatever of our own came of it, before the next one."""
        for each in listeners:
            each.listener(event, uow)
        self._bot.emit_told(uow)
