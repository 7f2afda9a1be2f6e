"""The entry points of App Home and help."""

from collections.abc import Sequence
from typing import Final

from bot.core import boards
from bot.core.agreement.setting import Layer
from bot.core.attention import OFF
from bot.core.boards import BoardSection
from bot.core.bot import Bot
from bot.core.events import (
    ButtonPressed,
    Command,
    HomeOpened,
    HomePressed,
    LeaveChanged,
    MemberLeft,
    MessageNotSent,
    MessagePosted,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.core.installing import PATH
from bot.core.people import Person
from bot.core.render import plain
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.home import service
from bot.features.home.messages import help as messages
from bot.features.home.messages import lacking
from bot.features.home.rules import talk
from bot.features.home.service import Board

_ASKING: Final[Sequence[list[str]]] = ([], ["help"], ["?"])


class Home:
    """Entry points that need what all features registered."""

    def __init__(self, bot: Bot, board: Board) -> None:
        self._bot, self._board = bot, board

    def show(self, event: HomeOpened, uow: UnitOfWork) -> None:
        """Somebody opens their App Home."""
        self._board.open(uow, event.user_id, is_seen=event.has_view)

    def show_again(self, event: HomePressed, uow: UnitOfWork) -> None:
        """Somebody pressed a button on it."""
        self._board.press(uow, event.user_id)

    def lacking(self, uow: UnitOfWork, person: Person) -> BoardSection | None:
        """Admins read what is off because it was not allowed."""
        found = self._bot.off_with(uow.workspace.scopes)
        if not found or not person.is_admin:
            return None
        is_installed_by_them = bool(uow.workspace.installation)
        start_page = f"{uow.house.public_url}{PATH}" if is_installed_by_them else ""
        return lacking.on_board(found, start_page)

    def explain(self, event: MessagePosted, uow: UnitOfWork) -> None:
        """Somebody writes to Baton directly."""
        place = f"{event.channel_id}|{event.ts}"
        offers = [offer(place) for offer in self._bot.offers]
        if offers and talk.may_be_a_draft(event):
            service.answer(uow, event, messages.what_to_do(offers))
        else:
            service.answer(uow, event, messages.to_a_person(self._bot.help_texts))

    def answer_command(self, event: Command, _uow: UnitOfWork) -> Answer:
        """Somebody types /baton with nothing behind it, or something that is no verb."""
        typed = plain(event.text).split()
        if typed[:1] not in _ASKING:
            return Answer(messages.no_verb(typed[0]))
        return Answer(messages.help_text(self._bot.help_texts))


def turn(event: ButtonPressed, uow: UnitOfWork) -> None:
    """Somebody opens a section of their board, turns its pages, or goes back to the front."""
    service.turn(uow, event.user_id, event.value)


def not_published(event: MessageNotSent, uow: UnitOfWork) -> None:
    """Slack did not take somebody's App Home."""
    service.not_published(uow, event.key)


def follow_person(
    event: LeaveChanged | ZoneChanged | MemberLeft | PersonLeft, uow: UnitOfWork
) -> None:
    """Somebody's days, or what they may see, are different from now on."""
    boards.touch(uow, [event.user_id])


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """The agreement says something else for somebody, or for everybody."""
    is_quoted_elsewhere = event.key == OFF.key
    if event.layer == Layer.PERSON and not is_quoted_elsewhere:
        boards.touch(uow, [event.scope_id])
    else:
        boards.touch_all(uow)
