"""Pull requests that wait for somebody's review."""

from bot.core import people, visibility
from bot.core.digests import DigestSection, Line, Part, Reader
from bot.core.unit_of_work import UnitOfWork
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
    login = logins.of_person(uow, reader.person.user_id).get(GITHUB)
    if login is None:
        return None
    told = queries.about(uow, [login], since=uow.now - rules.KEPT_FOR)
    waiting = rules.waiting(told, {login})
    channels = [ask.channel_id for each in waiting for ask in each.asks]
    look = visibility.look(uow, reader.person.user_id, channels)
    seen: list[Told] = []
    held_back = 0
    for each in waiting:
        asks = look.sift(uow, each.asks, channel_of=lambda ask: ask.channel_id, limit=1)
        seen += asks.seen
        held_back += bool(asks.held_back) and not asks.seen
    if not seen and not held_back:
        return None
    shown = seen[:SHOWN]
    return DigestSection(
        Part.WAITS,
        messages.PULLS,
        [_line(uow, reader, each) for each in shown],
        about=frozenset((each.channel_id, each.ts) for each in shown),
        held_back=held_back,
        more=len(seen) - len(shown),
    )


def _line(uow: UnitOfWork, reader: Reader, ask: Told) -> Line:
    found = app_queries.find(uow, ask.channel_id, ask.ts)
    words = people.readable(uow.session, uow.team_id, found.text) if found and found.text else None
    thread_ts = found.thread_ts if found else None
    return messages.waits(
        ask,
        uow.workspace.permalink(ask.channel_id, ask.ts, thread_ts),
        words,
        moment=reader.person.moment,
    )
