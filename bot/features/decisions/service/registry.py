"""Finding and showing decisions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from bot.core import channels, people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.decisions.models import DecisionRow, DecisionVersionRow
from bot.features.decisions.queries import closing, listing
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.listing import Wanted
from bot.features.decisions.rules.registry import (
    FOUND,
    LATELY,
    STEPS_SHOWN,
    Change,
    Decision,
    Details,
    History,
    Outcome,
    Step,
    changed_fields,
)
from bot.features.decisions.rules.reviews import SOON
from bot.features.decisions.service import access, local, proposal_cards, recording

PORTION: Final = 200
ROUNDS: Final = 10
"""So many portions are looked at for one page; the next page goes on below them."""


def show(uow: UnitOfWork, reader_id: str, number: int) -> Details | None:
    """The decision with its history, if there is one that the reader may see."""
    row = access.opened(uow, reader_id, number)
    if row is None:
        return None
    whole = recording.decision(uow, row)
    after = _opened(uow, reader_id, whole.superseded_by) if whole.superseded_by else None
    found = [_opened(uow, reader_id, each) for each in whole.supersedes]
    return Details(
        replace(whole, superseded_by=None, supersedes=()),
        local.now(uow, reader_id),
        _history(uow, reader_id, number, before=None, limit=STEPS_SHOWN),
        after,
        tuple(each for each in found if each is not None),
        proposal_cards.shown(uow, number, row.version),
    )


def history(
    uow: UnitOfWork, reader_id: str, number: int, *, before: int | None, limit: int
) -> tuple[Decision, History] | None:
    """Versions of a decision that are older than `before`, if the reader may see it."""
    decision = _opened(uow, reader_id, number)
    if decision is None:
        return None
    return decision, _history(uow, reader_id, number, before=before, limit=limit)


def page(
    uow: UnitOfWork, reader_id: str, wanted: Wanted, *, limit: int = FOUND
) -> tuple[Sifted[Decision], Wanted | None]:
    """A page of a list as far as the reader may see it, and what the next one would hold.

    What they may not see is looked past in portions, channel by channel, and not without end.
    """
    seen: list[int] = []
    hidden: set[str] = set()
    held_back, at = 0, wanted
    for _ in range(ROUNDS):
        portion = listing.numbers(uow, at, besides=hidden, limit=PORTION)
        left = limit + 1 - len(seen)
        found = sift(uow, reader_id, portion, channel_of=lambda each: each.channel_id, limit=left)
        seen += [each.number for each in found.seen]
        held_back += found.held_back
        if len(seen) > limit or len(portion) < PORTION:
            at = replace(wanted, before=seen[limit - 1]) if len(seen) > limit else wanted
            break
        at = replace(wanted, before=portion[-1].number)
        hidden |= _channels(portion) - _channels(found.seen)  # all that is open was seen
    rows = listing.rows_of(uow, seen[:limit])
    return Sifted(recording.decisions(uow, rows), held_back), at if at != wanted else None


def has_tag(uow: UnitOfWork, reader_id: str, tag: str) -> bool:
    """Whether a decision that the reader may see bears a tag."""
    found, _ = page(uow, reader_id, Wanted(tags=(tag,)), limit=1)
    return bool(found.seen or found.held_back)


def to_review(uow: UnitOfWork, person: Person) -> Sifted[Decision]:
    """The decisions somebody owns that are to be looked at again soon, or were."""
    until = (person.working_time.local(uow.now) + SOON).date()
    rows = listing.to_review(uow, person.user_id, until=until)
    return _visible(uow, person.user_id, rows, queries.SCANNED)


def made_lately(uow: UnitOfWork, person: Person) -> tuple[Sifted[Decision], date]:
    """The decisions of the last days that somebody may see, and from which of their days on."""
    since = person.working_time.local(uow.now - LATELY).date()
    start = person.working_time.at(since, time())
    rows = listing.decided_since(uow, start, limit=queries.SCANNED)
    return _visible(uow, person.user_id, rows, queries.SCANNED), since


def made_since(uow: UnitOfWork, reader_id: str, since: datetime) -> Sifted[Decision]:
    """The decisions made since then in the reader's channels, or that they have to do with."""
    own = {each.channel_id for each in channels.shared_with(uow.session, uow.team_id, reader_id)}
    made = uow.once(("made", since), lambda: _made(uow, since))
    elsewhere = {each.number for each in made if each.place.channel_id not in own}
    proposed = elsewhere & {each.number for each in made if each.proposed is not None}
    theirs = closing.concerning(uow, reader_id, proposed) if proposed else set()
    told = [
        each
        for each in made
        if each.number not in elsewhere
        or each.fields.owner_id == reader_id
        or each.number in theirs
    ]
    return sift(uow, reader_id, told, channel_of=lambda each: each.place.channel_id)


def _made(uow: UnitOfWork, since: datetime) -> Sequence[Decision]:
    rows = listing.decided_since(uow, since, limit=queries.SCANNED)
    return recording.decisions(uow, rows)


def _visible(
    uow: UnitOfWork, reader_id: str, rows: Sequence[DecisionRow], limit: int
) -> Sifted[Decision]:
    found = sift(uow, reader_id, rows, channel_of=lambda row: row.channel_id, limit=limit)
    return Sifted(recording.decisions(uow, found.seen), found.held_back)


def _channels(found: Sequence[listing.Found]) -> set[str]:
    return {each.channel_id for each in found}


def _opened(uow: UnitOfWork, reader_id: str, number: int) -> Decision | None:
    row = access.opened(uow, reader_id, number)
    return recording.decision(uow, row) if row is not None else None


def _history(
    uow: UnitOfWork, reader_id: str, number: int, *, before: int | None, limit: int
) -> History:
    rows = queries.newest_versions(uow, number, before=before, limit=limit + 1)
    earlier: dict[int, DecisionVersionRow] = {row.version + 1: row for row in rows}
    zone = local.now(uow, reader_id).tzinfo
    steps = [
        Step(
            version=row.version,
            change=Change(row.change),
            at=row.at.astimezone(zone),
            by=row.by,
            note=people.readable(uow.session, uow.team_id, row.note),
            changed=changed_fields(earlier[row.version].record, row.record)
            if row.version in earlier
            else (),
            outcome=Outcome(row.record.get("outcome", "")),
        )
        for row in rows[:limit]
    ]
    return History(tuple(steps), more=steps[-1].version - 1 if steps else 0)
