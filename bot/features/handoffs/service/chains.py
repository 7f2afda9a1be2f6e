"""The chains of a channel: who carries things on after whom, and where every baton is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bot.core import channels
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.handoffs.models import HandoffBatonRow, HandoffChainRow
from bot.features.handoffs.queries import batons
from bot.features.handoffs.queries import chains as queries
from bot.features.handoffs.rules.chains import ChainShown, OnItsWay, View, way
from bot.features.handoffs.service import cards, relay

MOST_BATONS: Final = 40
"""So many of the open batons of a channel are shown."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A chain as it is now, and who was in it before."""

    chain: ChainShown
    before: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether it is as it was."""
        return self.chain.people == self.before


def may_look(uow: UnitOfWork, channel_id: str, user_id: str) -> bool:
    """Whether somebody may see the chains of a channel: whoever may open it."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member and may_see(uow, user_id, channel_id)


def may_change(uow: UnitOfWork, channel_id: str, user_id: str) -> bool:
    """Whether somebody may change the chains of a channel: whoever is in it."""
    is_in = channels.has_member(uow.session, uow.team_id, channel_id, user_id)
    return is_in and may_look(uow, channel_id, user_id)


def cannot_carry(uow: UnitOfWork, channel_id: str, user_ids: Sequence[str]) -> list[str]:
    """Those of these people to whom nothing of the channel can be handed over."""
    return [each for each in user_ids if relay.may_carry(uow, each, channel_id) is None]


def change(
    uow: UnitOfWork, channel_id: str, name: str, people: Sequence[str], *, by: str
) -> Changed | None:
    """Has a chain consist of these people; of nobody: it ends.

    Batons under way go on by what holds now. None: there is no such chain to end.
    """
    if not people and not _people(uow, channel_id, name):
        return None
    chain = queries.made(uow, channel_id, name, by=by)
    if chain is None:
        return None
    before = tuple(queries.members(uow, chain.id))
    if before != tuple(people):
        chain.changed_by, chain.changed_at = by, uow.now
        queries.set_members(uow, chain.id, people)
        uow.session.flush()
    return Changed(_shown(uow, chain, by), before)


def put_back(
    uow: UnitOfWork, chain_id: UUID, version: str, people: Sequence[str], *, by: str
) -> ChainShown | None:
    """Takes a change back; None: somebody changed it again since, or it is gone."""
    chain = queries.get(uow, chain_id, lock=True)
    if chain is None or _version(chain) != version:
        return None
    found = change(uow, chain.channel_id, chain.name, people, by=by)
    return found.chain if found is not None else None


def channel_of(uow: UnitOfWork, chain_id: UUID) -> str:
    """The channel that a chain is of; empty: there is no such chain."""
    chain = queries.get(uow, chain_id)
    return chain.channel_id if chain is not None else ""


def view(uow: UnitOfWork, channel_id: str, reader: Person, name: str = "") -> View:
    """The chains of a channel, or its one of that name, and where its open batons are."""
    rows = queries.of_channel(uow, channel_id)
    chains = [_shown(uow, each, reader.user_id) for each in rows]
    wanted = name.casefold()
    found = [
        each for each in chains if each.people and (not name or each.name.casefold() == wanted)
    ]
    ids = {each.id for each in found} if name else None
    under_way = [
        each for each in batons.open_in(uow, channel_id) if ids is None or each.chain_id in ids
    ]
    shown = _on_their_way(uow, under_way[:MOST_BATONS])
    return View(tuple(found), tuple(shown), max(len(under_way) - MOST_BATONS, 0))


def _people(uow: UnitOfWork, channel_id: str, name: str) -> Sequence[str]:
    chain = queries.called(uow, channel_id, name)
    return queries.members(uow, chain.id) if chain is not None else ()


def _shown(uow: UnitOfWork, chain: HandoffChainRow, reader_id: str) -> ChainShown:
    return ChainShown(
        chain.id,
        chain.name,
        tuple(queries.members(uow, chain.id)),
        _version(chain),
        relay.first(uow, reader_id, chain.channel_id, chain.id),
    )


def _on_their_way(uow: UnitOfWork, rows: Sequence[HandoffBatonRow]) -> list[OnItsWay]:
    steps = batons.steps(uow, [each.id for each in rows])
    stages = [way((step.holder_id, step.at) for step in steps[each.id]) for each in rows]
    shown = cards.shows(uow, rows)
    return [OnItsWay(each, tuple(its)) for each, its in zip(shown, stages, strict=True)]


def _version(chain: HandoffChainRow) -> str:
    return chain.changed_at.isoformat()
