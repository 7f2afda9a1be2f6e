"""What a unit of work tells features: once, at its end, and only if all of it stays."""

from collections.abc import Callable
from uuid import UUID

import pytest

from bot.core import boards
from bot.core.boards import BoardRow
from bot.core.bot import Bot
from bot.core.events import AskReopened, AskSettled, Event
from bot.core.unit_of_work import UnitOfWork

TEAM = "T1"
ASK = UUID(int=1)
SETTLED = AskSettled(team_id=TEAM, ask_id=ASK, is_answered=True, by="U1")
REOPENED = AskReopened(team_id=TEAM, ask_id=ASK)


class Heard:
    """A feature that writes down what it was told, and what was done by then."""

    def __init__(self, bot: Bot, kind: type[Event] = Event) -> None:
        self.events: list[Event] = []
        self.uows: list[UnitOfWork] = []
        bot.on(kind, self.hear)

    def hear(self, event: Event, uow: UnitOfWork) -> None:
        """Hears an event."""
        self.events.append(event)
        self.uows.append(uow)


def opened(uow: UnitOfWork, user_id: str) -> None:
    """A row that shows whether a unit of work stayed."""
    drawn = boards.Drawn("", "", is_opened=True, is_published=False)
    boards.note(uow, user_id, drawn, seen=0)


def known(bot: Bot, user_id: str) -> bool:
    """Whether that row is there."""
    with bot.reading() as (session, _):
        return session.get(BoardRow, (TEAM, user_id)) is not None


def test_it_is_told_once_and_at_the_end(bot: Bot) -> None:
    heard = Heard(bot)
    with bot.begin(TEAM, during="job") as uow:
        uow.tell(SETTLED)
        uow.tell(REOPENED)
        assert heard.events == []
    assert heard.events == [SETTLED, REOPENED], "in the order in which it happened"
    assert heard.uows == [uow, uow]


def test_only_those_hear_it_who_want_it(bot: Bot) -> None:
    heard = Heard(bot, AskReopened)
    with bot.begin(TEAM, during="job") as uow:
        uow.tell(SETTLED)
        uow.tell(REOPENED)
    assert heard.events == [REOPENED]


def test_what_a_listener_does_stays_with_the_rest(bot: Bot) -> None:
    bot.on(AskSettled, lambda event, uow: opened(uow, event.by))
    with bot.begin(TEAM, during="job") as uow:
        opened(uow, "U2")
        uow.tell(SETTLED)
    assert known(bot, "U1")
    assert known(bot, "U2")


def test_whom_a_listener_touches_has_their_board_drawn_anew(bot: Bot) -> None:
    with bot.begin(TEAM, during="job") as uow:
        opened(uow, "U1")
    bot.on(AskSettled, lambda event, uow: boards.touch(uow, [event.by]))
    with bot.begin(TEAM, during="job") as uow:
        uow.tell(SETTLED)
    with bot.reading() as (session, _):
        row = session.get(BoardRow, (TEAM, "U1"))
    assert row is not None
    assert row.stale_since is not None


def failing(event: Event, uow: UnitOfWork) -> None:
    """A listener that does something, and fails."""
    opened(uow, "U1")
    raise LookupError(type(event).__name__)


def test_when_a_listener_fails_nothing_stays(bot: Bot) -> None:
    def work(uow: UnitOfWork) -> None:
        opened(uow, "U2")
        uow.tell(SETTLED)

    bot.on(AskSettled, failing)
    with pytest.raises(LookupError):
        bot.perform(TEAM, work, during="job")
    assert not known(bot, "U1")
    assert not known(bot, "U2")


def test_of_what_did_not_happen_nobody_is_told(bot: Bot) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.tell(SETTLED)
        raise LookupError

    heard = Heard(bot)
    with pytest.raises(LookupError):
        bot.perform(TEAM, work, during="job")
    assert heard.events == []


def test_who_is_told_may_tell_more(bot: Bot) -> None:
    heard = Heard(bot)
    bot.on(AskSettled, lambda _event, uow: uow.tell(REOPENED))
    with bot.begin(TEAM, during="job") as uow:
        uow.tell(SETTLED)
        uow.tell(SETTLED)
    assert heard.events == [SETTLED, SETTLED, REOPENED, REOPENED]
    assert uow.told == []


def test_what_is_done_once_more_is_told_once(bot: Bot) -> None:
    """Slack has to be asked who is in a channel: the first try counts for nothing."""
    heard = Heard(bot)
    tries: list[int] = []

    def work(uow: UnitOfWork) -> None:
        uow.tell(SETTLED)
        tries.append(len(tries))
        if len(tries) == 1:
            uow.unsure.add("C1")

    bot.perform(TEAM, work, during="job")
    assert tries == [0, 1]
    assert heard.events == [SETTLED]


@pytest.mark.parametrize("emit", [Bot.emit, lambda _bot, event, uow: uow.tell(event)])
def test_told_or_emitted_it_is_heard_inside(
    bot: Bot, emit: Callable[[Bot, Event, UnitOfWork], None]
) -> None:
    heard = Heard(bot)
    with bot.begin(TEAM, during="job") as uow:
        emit(bot, SETTLED, uow)
    assert heard.uows == [uow]
