"""Draws App Homes and explains."""

import json
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final

from bot.core import boards, people
from bot.core.attention import Urgency, reach
from bot.core.blocks import Message
from bot.core.boards import BoardRow, BoardSection, Drawn
from bot.core.bot import Bot
from bot.core.db import unchanging
from bot.core.events import MessagePosted
from bot.core.people import Person
from bot.core.render import Mrkdwn
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.home.messages import board as messages
from bot.features.home.rules import board as rules
from bot.features.home.rules import talk
from bot.features.home.rules.board import FRONT, Place

GOOD_FOR: Final = timedelta(days=1)
"""After this long a board is published again when it is opened, so that its buttons stay good."""
NEW_FOR: Final = timedelta(days=3)
"""So long after they opened theirs first somebody reads on it what Baton does for them."""


class Board:
    """Draws boards from what all features registered."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def open(self, uow: UnitOfWork, user_id: str, *, is_seen: bool) -> None:
        """Shows somebody the front of their board. Unless `is_seen` Slack shows them none yet."""
        self._draw(uow, user_id, boards.find(uow, user_id), is_opened=True, is_seen=is_seen)

    def redraw(self, uow: UnitOfWork, user_id: str) -> None:
        """Shows somebody what is different on the page of their board that they look at."""
        row = boards.find(uow, user_id)
        if row is not None:
            self._draw(uow, user_id, row, is_opened=False, is_seen=True)

    def press(self, uow: UnitOfWork, user_id: str) -> None:
        """Shows somebody what came of a button; one of an older version's board opens theirs."""
        if boards.find(uow, user_id) is None:
            self.open(uow, user_id, is_seen=False)
        else:
            self.redraw(uow, user_id)

    def _draw(
        self, uow: UnitOfWork, user_id: str, row: BoardRow | None, *, is_opened: bool, is_seen: bool
    ) -> None:
        person = people.find(uow.session, uow.team_id, user_id)
        if person is None:
            boards.forget(uow, user_id)
            return
        place = FRONT if row is None or is_opened else rules.read(row.place)
        seen = row.touched if row is not None else 0
        view, place = self._view(uow, person, place, is_new=_is_new(uow, row))
        shown = _hash(view)
        is_old = row is None or (is_opened and row.shown_at + GOOD_FOR < uow.now)
        is_published = is_old or not is_seen or row is None or row.shown != shown
        if is_published:
            uow.outbox.publish_home(user_id, view)
        drawn = Drawn(shown, rules.written(place), is_opened=is_opened, is_published=is_published)
        boards.note(uow, user_id, drawn, seen)

    def _view(
        self, uow: UnitOfWork, person: Person, place: Place, *, is_new: bool
    ) -> tuple[View, Place]:
        if not person.is_member:
            return messages.no_home(), FRONT
        with unchanging(uow.session):
            sections = [
                each for source in self._bot.home_sources for each in _sections(source(uow, person))
            ]
        place = rules.still_there(sections, place)
        section = rules.find(sections, place)
        if section is not None:
            return messages.alone(section, place), place
        benefits = [Mrkdwn(each) for each in self._bot.benefits.values()]
        return messages.front(person, sections, benefits if is_new else ()), place


def turn(uow: UnitOfWork, user_id: str, place: str) -> None:
    """Somebody wants to see another page of their board."""
    boards.turn(uow, user_id, place)


def not_published(uow: UnitOfWork, key: str) -> None:
    """Slack did not take what was drawn: whose board it was sees it when they open it again."""
    _, user_id, _ = key.split(":")
    boards.forget_shown(uow, user_id)


def answer(uow: UnitOfWork, event: MessagePosted, message: Message) -> None:
    """Answers somebody who wrote to Baton directly, once."""
    person = people.find(uow.session, uow.team_id, event.user_id)
    if person is not None and talk.is_fresh(event, uow.now):
        reach(
            uow, f"home:help:{event.channel_id}:{event.ts}", person, message, urgency=Urgency.REPLY
        )


def _is_new(uow: UnitOfWork, row: BoardRow | None) -> bool:
    return row is None or uow.now - row.since < NEW_FOR


def _sections(
    given: BoardSection | Sequence[BoardSection] | None,
) -> Sequence[BoardSection]:
    if given is None:
        return ()
    return (given,) if isinstance(given, BoardSection) else given


def _hash(view: View) -> str:
    return sha256(json.dumps(view, sort_keys=True, default=str).encode()).hexdigest()
