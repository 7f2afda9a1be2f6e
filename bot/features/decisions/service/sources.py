"""What decisions rest on: kept when one is confirmed, and followed when a message is gone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from bot.core import message_store, people
from bot.core.events import MessageDeleted
from bot.core.keeping import Kept, Record
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import about
from bot.features.decisions.models import DecisionRow, DecisionSourceRow
from bot.features.decisions.queries import registry, search
from bot.features.decisions.queries import sources as queries
from bot.features.decisions.rules import erasing
from bot.features.decisions.rules.filled import WORDS, Cite
from bot.features.decisions.rules.registry import Change
from bot.features.decisions.service import recording, wanting


def keep(
    uow: UnitOfWork, row: DecisionRow, cites: Collection[Cite], *, stored: Collection[str]
) -> None:
    """Keeps what a decision rests on that was just confirmed.

    `stored` are those of its messages that were known when its form was opened: if one of them is
    gone by now, the record says so.
    """
    by_place: dict[tuple[str, str], list[Cite]] = defaultdict(list)
    for cite in cites:
        by_place[cite.field, cite.ts].append(cite)
    queries.add(
        uow,
        [
            {
                "number": row.number,
                "field": field,
                "channel_id": row.channel_id,
                "ts": ts,
                "author_id": told[0].author_id,
                "quote": "\n".join(dict.fromkeys(each.quote for each in told if each.quote)),
            }
            for (field, ts), told in by_place.items()
        ],
    )
    cited = {cite.ts for cite in cites} & set(stored)
    if any(not _is_there(uow, row.channel_id, ts) for ts in cited):
        recording.change(uow, row, Change.SOURCE_DELETED, by="")


def follow_deletion(uow: UnitOfWork, event: MessageDeleted) -> None:
    """Somebody deleted a message: the records that rest on it say so, and stay as confirmed."""
    for number in queries.resting_on(uow, event.channel_id, event.ts):
        row = registry.get(uow, number, lock=True)
        if row is not None and not row.is_source_gone:
            recording.change(uow, row, Change.SOURCE_DELETED, by="")


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Takes the words and the name of whoever wrote the messages out of what rests on them."""
    person = people.find(uow.session, uow.team_id, user_id)
    name = person.name if person is not None else ""
    theirs: dict[int, list[DecisionSourceRow]] = defaultdict(list)
    for source in queries.of_author(uow, user_id):
        theirs[source.number].append(source)
    for number, sources in theirs.items():
        quotes: dict[str, list[str]] = defaultdict(list)
        for source in sources:
            quotes[source.field].append(source.quote)
            source.author_id, source.quote = "", ""
        both = [*quotes["title"], *quotes["text"]]  # one may take up what the other quotes
        quotes["title"] = quotes["text"] = both
        _erase_from(uow, number, quotes, name, user_id)
    return sum(map(len, theirs.values()))


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """Which words of somebody stand in which decisions."""
    return [
        {"number": each.number, "field": each.field, "quoted": each.quote}
        for each in queries.of_author(uow, user_id)
        if each.quote
    ]


KEPT = Kept(
    "quotes in decisions",
    about.KEEPS_QUOTES,
    about.KEPT_FOR,
    (DecisionSourceRow,),
    export,
    erase,
    stays=about.STAYS,
)


def _erase_from(
    uow: UnitOfWork, number: int, quotes: Mapping[str, Sequence[str]], name: str, user_id: str
) -> None:
    row = registry.get(uow, number, lock=True)
    for version in queries.versions_of(uow, number):
        version.record = erasing.record_without(version.record, quotes, name, user_id)
    if row is None:
        return
    for field in WORDS:
        setattr(row, field, erasing.without(getattr(row, field), quotes.get(field, ()), name))
    is_known = any(quotes.get("text", ()))
    row.author_id = "" if row.author_id == user_id and is_known else row.author_id
    row.owner_id = "" if row.owner_id == user_id else row.owner_id
    row.logged_by = "" if row.logged_by == user_id else row.logged_by
    search.index(row)
    recording.redraw(uow, row)
    wanting.again(uow, number)


def _is_there(uow: UnitOfWork, channel_id: str, ts: str) -> bool:
    return message_store.find(uow.session, uow.team_id, channel_id, ts) is not None
