"""Pull requests that wait for somebody's review."""

from collections.abc import Collection

from bot.core import boards, people, visibility
from bot.core.digests import DigestSection, Line, Part, Reader
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted
from bot.features.digest.messages import apps as messages
from bot.features.digest.queries import apps as app_queries
from bot.features.digest.queries import logins
from bot.features.digest.queries import reviews as queries
from bot.features.digest.rules import reviews as rules
from bot.features.digest.rules.logins import GITHUB
from bot.features.digest.rules.reviews import Told

SHOWN = 5


def that_wait(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """The pull requests that wait for a reader who told their login, where they may see that."""
    waiting = waiting_for(uow, reader.person)
    if not waiting.seen and not waiting.held_back:
        return None
    shown = waiting.seen[:SHOWN]
    return DigestSection(
        Part.WAITS,
        messages.PULLS,
        [_line(uow, reader.person, each) for each in shown],
        about=frozenset((each.channel_id, each.ts) for each in shown),
        held_back=waiting.held_back,
        more=len(waiting.seen) - len(shown),
    )


def on_board(uow: UnitOfWork, person: Person) -> tuple[list[Line], int]:
    """All of them for somebody's board, and how many could not be checked just now."""
    waiting = waiting_for(uow, person)
    return [_line(uow, person, each) for each in waiting.seen], waiting.held_back


def show_anew(uow: UnitOfWork, urls: Collection[str]) -> None:
    """The boards of those who were ever asked about these pull requests show what holds now."""
    asked = queries.asked_about(uow, urls) if urls else ()
    boards.touch(uow, logins.called(uow, GITHUB, asked) if asked else ())


def permalink(uow: UnitOfWork, channel_id: str, ts: str) -> str:
    """Where an app said something."""
    found = app_queries.find(uow, channel_id, ts)
    return uow.workspace.permalink(channel_id, ts, found.thread_ts if found else None)


def waiting_for(uow: UnitOfWork, person: Person) -> Sifted[Told]:
    """Where it was last said, as far as they may see it, that a pull request waits for somebody."""
    login = logins.of_person(uow, person.user_id).get(GITHUB)
    if login is None:
        return Sifted()
    told = queries.about(uow, [login], since=uow.now - rules.KEPT_FOR)
    waiting = rules.waiting(told, {login})
    channels = [ask.channel_id for each in waiting for ask in each.asks]
    look = visibility.look(uow, person.user_id, channels)
    seen: list[Told] = []
    held_back = 0
    for each in waiting:
        asks = look.sift(uow, each.asks, channel_of=lambda ask: ask.channel_id, limit=1)
        seen += asks.seen
        held_back += bool(asks.held_back) and not asks.seen
    return Sifted(tuple(seen), held_back)


def _line(uow: UnitOfWork, person: Person, ask: Told) -> Line:
    found = app_queries.find(uow, ask.channel_id, ask.ts)
    words = people.readable(uow.session, uow.team_id, found.text) if found and found.text else None
    address = permalink(uow, ask.channel_id, ask.ts)
    return messages.waits(ask, address, words, moment=person.moment)
