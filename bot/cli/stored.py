"""Talk from the database: the messages whose text is still kept."""

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from sqlalchemy.orm import Session

from bot.cli.heard import Heard, LeftAlone, Over, Piece, Pieces, Why, place_called
from bot.core import channels, message_store, people
from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.replays import Place
from bot.core.working_time import WorkingTime

MOST_PEOPLE: Final = 10_000


class Stored:
    """The messages of one workspace."""

    def __init__(self, session: Session, team_id: str) -> None:
        self._session, self._team_id = session, team_id
        self._person = lru_cache(MOST_PEOPLE)(self._find)

    def time_of(self, user_id: str) -> WorkingTime | None:
        """When somebody works."""
        person = self._person(user_id)
        return person.working_time if person else None

    def pieces(self, wanted: Collection[str]) -> Pieces:
        """Its messages, channel by channel, by age; `wanted`: only these channels."""
        for channel_id in message_store.channels_with_texts(self._session, self._team_id):
            place, is_shared = self._place(channel_id)
            if wanted and not {place.name, channel_id} & set(wanted):
                continue
            for message in message_store.texts_of(self._session, self._team_id, channel_id):
                yield LeftAlone(Why.SHARED) if is_shared else self._piece(place, message)
            yield Over(channel_id)

    def _place(self, channel_id: str) -> tuple[Place, bool]:
        found = channels.find(self._session, self._team_id, channel_id)
        if found is None:
            return place_called(channel_id), False
        kind = ChannelKind.PRIVATE if found.is_private else ChannelKind.PUBLIC
        place = Place(channel_id, found.name or channel_id, kind, is_general=found.is_general)
        return place, found.is_shared

    def _piece(self, place: Place, message: StoredMessage) -> Piece:
        if place.kind is ChannelKind.DIRECT:
            return LeftAlone(Why.DIRECT)
        author = self._person(message.user_id)
        return Heard(place, message, is_looked_at=author is not None and author.is_member)

    def _find(self, user_id: str) -> Person | None:
        return people.find(self._session, self._team_id, user_id)
