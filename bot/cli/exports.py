"""Talk from an export of Slack: a zip file with a folder for each conversation."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias
from zipfile import ZipInfo

from bot.cli import json_lists, listed, zips
from bot.cli.heard import (
    Bad,
    Heard,
    LeftAlone,
    Over,
    Piece,
    Pieces,
    Why,
    is_of_a_person,
    message_of,
    place_called,
)
from bot.cli.json_lists import NotAList
from bot.cli.listed import Conversation, People
from bot.core.errors import FileUnreadable, RowUnfit
from bot.core.events import ChannelKind
from bot.core.patterns import regex

MOST_OF_A_DAY: Final = 250 * zips.MEGABYTE
MOST_OF_A_LIST: Final = 2_000 * zips.MEGABYTE  # little is kept of each of its rows
_DAY: Final = regex(r"(?P<folder>[^/]+)/\d{4}-\d{2}-\d{2}\.json")
_CHANNELS: Final = regex(r"(?P<top>.*/)?channels\.json")

Row: TypeAlias = Mapping[str, Any]


class Export:
    """An export; its people are known once its messages are read."""

    def __init__(self, source: str) -> None:
        """Raises FileUnreadable."""
        self.people = People()
        self._zip = zips.opened(source)
        self._top = _top(self._zip.namelist())
        self._days = self._files_by_folder()
        self._conversations: dict[str, Conversation] = {}
        if not self._days:
            raise FileUnreadable(f"({source}: it is no export of Slack: there are no days in it)")

    def pieces(self, wanted: Collection[str]) -> Pieces:
        """Its messages, conversation by conversation, by age; `wanted`: only these channels."""
        yield from self._read_lists()
        for folder, days in self._days.items():
            found = self._conversations.get(folder) or Conversation(place_called(folder))
            place = found.place
            if wanted and not {folder, place.name, place.channel_id} & set(wanted):
                continue
            for info in days:
                yield from self._day(found, info)
            yield Over(place.channel_id)

    def _files_by_folder(self) -> Mapping[str, Sequence[ZipInfo]]:
        days: dict[str, list[ZipInfo]] = {}
        for name in sorted(self._zip.namelist()):
            found = _DAY.fullmatch(name.removeprefix(self._top))
            if found:
                days.setdefault(found["folder"], []).append(self._zip.getinfo(name))
        return days

    def _read_lists(self) -> Iterator[Bad]:
        yield from self._read_list(listed.PEOPLE, self.people.add)
        for name, kind in listed.LISTS.items():
            yield from self._read_list(name, self._noting(kind))

    def _noting(self, kind: ChannelKind) -> Callable[[Row], None]:
        def note(row: Row) -> None:
            folder, conversation = listed.conversation(row, kind)
            self._conversations[folder] = conversation

        return note

    def _read_list(self, name: str, add: Callable[[Row], None]) -> Iterator[Bad]:
        info = self._zip.NameToInfo.get(self._top + name)
        if info is None:
            return
        try:
            with zips.entry(self._zip, info, MOST_OF_A_LIST) as file:
                for row in json_lists.entries(file):
                    add(row)
        except NotAList as error:
            yield Bad(name, str(error))

    def _day(self, conversation: Conversation, info: ZipInfo) -> Pieces:
        heard: list[Heard] = []
        name, number = info.filename.removeprefix(self._top), 0
        try:
            with zips.entry(self._zip, info, MOST_OF_A_DAY) as file:
                for number, row in enumerate(json_lists.entries(file), start=1):
                    piece = self._piece(conversation, row, f"{name}, entry {number}")
                    if isinstance(piece, Heard):
                        heard.append(piece)
                    else:
                        yield piece
        except NotAList as error:
            yield Bad(name, f"{error}, after {number:,} entries" if number else str(error))
        yield from sorted(heard, key=lambda each: each.message.at)

    def _piece(self, conversation: Conversation, row: Row, where: str) -> Piece:
        place = conversation.place
        if not is_of_a_person(row) or str(row.get("user")) in self.people.apps:
            return LeftAlone(Why.APPS)
        if place.kind is ChannelKind.DIRECT:
            return LeftAlone(Why.DIRECT)
        if conversation.is_shared:
            return LeftAlone(Why.SHARED)
        try:
            message = message_of(place.channel_id, row)
        except RowUnfit as error:
            return Bad(where, error.detail)
        return Heard(place, message, is_looked_at=not self.people.is_guest(message.user_id))


def _top(names: Sequence[str]) -> str:
    """The folder that everything is in, if somebody packed one."""
    found = (_CHANNELS.fullmatch(name) for name in names)
    return min((each["top"] or "" for each in found if each), key=len, default="")
