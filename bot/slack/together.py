"""What many events need before they are handed out, done for all of them at once.

Whom and what they speak of is looked up by a few statements, and what was said is stored in one
transaction. Whatever is not as simple as that is left, to be dealt with alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias, TypeGuard, get_args

from sqlalchemy.orm import Session

from bot.core import channels, groups, logs, message_store, people, workspaces
from bot.core.agreement import reading
from bot.core.agreement.setting import WORKSPACE, channel_scope, person_scope
from bot.core.bot import Bot, Sift, Subscription
from bot.core.db import grouped
from bot.core.events import AppPosted, ChannelKind, Conversation, Event, MessagePosted
from bot.core.inbox import InboxRow
from bot.core.queue import Claim
from bot.core.unit_of_work import UnitOfWork
from bot.slack.homes import Home
from bot.slack.inbound import groups_in, people_given, people_in
from bot.slack.payloads import Json

log = logs.get(__name__)

IN_CHANNELS: Final = frozenset({ChannelKind.PUBLIC, ChannelKind.PRIVATE})
_CONVERSATION: Final = get_args(Conversation)

Lane: TypeAlias = tuple[str, str]
"""A conversation: the ids of its workspace and channel."""
Moves: TypeAlias = Mapping[Lane, int]
"""How often something was done in each conversation since its events were prepared."""


@dataclass(slots=True)
class Arrived:
    """A claimed event as it was read; None: it tells nothing that concerns Baton.

    Once it was prepared `generation` is that of the installation by which it came, and of those
    who want it `listeners` are whom it concerns, as far as was known when it was sifted, after so
    many `moves` in its conversation. `is_shared`: others may be heard in one unit of work with it.
    `is_of_nobody`: it came by no installation that lives. `is_strange`: Slack has to tell first who
    or what it speaks of.
    """

    claim: Claim[InboxRow]
    payload: Json
    event: Event | None
    generation: int | None = None
    wanted_by: Sequence[Subscription] = ()
    listeners: list[Subscription] = field(default_factory=list)
    moves: int = 0
    is_shared: bool = False
    is_of_nobody: bool = False
    is_strange: bool = False

    @property
    def lane(self) -> Lane:
        """The conversation it belongs to."""
        return self.claim.row.team_id, self.claim.row.lane

    def is_stale(self, moves: "Moves") -> bool:
        """Whether what is stored decides whom it concerns, and may be another by now."""
        is_sifted = any(each.sift is not None for each in self.wanted_by)
        return is_sifted and self.moves < moves.get(self.lane, 0)


def channel_to_know(event: Event) -> str:
    """The channel about which Slack has to have told before an event is judged; often none."""
    if isinstance(event, MessagePosted | AppPosted) and event.kind in IN_CHANNELS:
        return event.channel_id
    return ""


def prepare(bot: Bot, arrived: Sequence[Arrived]) -> None:
    """Prepares as many of the events as can be together; the others are left as they are."""
    try:
        for team_id, some in grouped(arrived, by=lambda each: each.claim.row.team_id).items():
            _prepare_all(bot, team_id, some)
    except Exception as error:  # noqa: BLE001 - whichever it is, each alone tells
        log.warning("not prepared together", error=type(error).__name__)


def _prepare_all(bot: Bot, team_id: str, arrived: Sequence[Arrived]) -> None:
    now = bot.clock.now()
    with bot.database.reading() as session:
        home = Home.of(session, team_id)
        generations = [home.generation_of(each.payload) if home else None for each in arrived]
        events = [each.event for each in arrived if each.event is not None]
        strange = _Strange.among(session, team_id, events, now=now)
    ready = []
    for each, generation in zip(arrived, generations, strict=True):
        each.is_of_nobody = generation is None
        each.is_strange = each.event is not None and strange.has_to_do_with(each.event)
        if each.is_strange or generation is None:
            continue
        if home and home.admits(each.payload):
            ready.append((each, generation))
    if home is None or not ready:
        return
    events = [each.event for each, _ in ready if each.event is not None]
    store(bot, team_id, events, generation=home.workspace.generation)
    for each, _ in ready:
        each.wanted_by = wanted_by(bot, home, each.event, each.payload)
    with bot.database.reading() as session:
        sift(session, team_id, [each for each, _ in ready], {})
    for each, generation in ready:
        each.generation, each.is_shared = generation, _is_shared(each.event)


def wanted_by(bot: Bot, home: Home, event: Event | None, payload: Json) -> Sequence[Subscription]:
    """Who wants an event; nobody wants what Baton itself did."""
    return () if event is None or home.is_ours(payload) else bot.subscriptions_to(event)


def _is_shared(event: Event | None) -> bool:
    """Whether it only tells what was said in a channel: no settings, people or rooms change."""
    return event is None or (_tells(event) and not event.channel_id.startswith("D"))


def store(bot: Bot, team_id: str, events: Sequence[Event], *, generation: int) -> None:
    """Stores those of a workspace's events that tell what was said. Raises WorkspaceGone."""
    told = [event for event in events if _tells(event)]
    if told:
        with bot.database.transaction() as session:
            workspaces.enter(session, team_id, generation=generation)
            message_store.record_all(session, told)


def _tells(event: Event) -> TypeGuard[Conversation]:
    return isinstance(event, _CONVERSATION)


def sift(session: Session, team_id: str, arrived: Sequence[Arrived], moves: Moves) -> None:
    """Finds those whom events concern among those who want them: some of it is stored only."""
    to_sift: dict[tuple[Subscription, Sift], list[Arrived]] = {}
    for each in arrived:
        each.listeners, each.moves = [*each.wanted_by], moves.get(each.lane, 0)
        for listener in each.wanted_by:
            if listener.sift is not None:
                to_sift.setdefault((listener, listener.sift), []).append(each)
    for (listener, sifted), some in to_sift.items():
        concern = {id(event) for event in sifted(session, team_id, [each.event for each in some])}
        for each in some:
            if id(each.event) not in concern:
                each.listeners.remove(listener)


def read_ahead(uow: UnitOfWork, events: Sequence[Event | None]) -> None:
    """Reads in one go who and what events speak of, when people work, and what is set there."""
    told = [event for event in events if event is not None]
    who = sorted({user_id for event in told for user_id in people_in(event)})
    people.read_leaves_ahead(uow.session, uow.team_id, who)
    places = sorted({channel_to_know(event) for event in told} - {""})
    scopes = [WORKSPACE, *map(person_scope, who), *map(channel_scope, places)]
    reading.read_ahead(uow.session, uow.team_id, scopes)
    channels.read_ahead(uow.session, uow.team_id, places)
    said = {(event.channel_id, event.ts) for event in told if _tells(event)}
    message_store.read_ahead(uow.session, uow.team_id, said)


@dataclass(frozen=True, slots=True)
class _Strange:
    """People, user groups and channels about which Slack has to be asked first, by id."""

    people: frozenset[str]
    groups: frozenset[str]
    channels: frozenset[str]

    @classmethod
    def among(
        cls, session: Session, team_id: str, events: Sequence[Event], *, now: datetime
    ) -> "_Strange":
        """Those that events speak of."""
        wanted = {user_id for event in events for user_id in people_in(event)}
        named = {group_id for event in events for group_id in groups_in(event)}
        places = {channel_to_know(event) for event in events} - {""}
        return cls(
            frozenset(people.unknown(session, team_id, wanted)),
            frozenset(groups.unsure(session, team_id, named, now=now)),
            frozenset(channels.unsynced_among(session, team_id, places)),
        )

    def has_to_do_with(self, event: Event) -> bool:
        """Whether an event speaks of any of them, or may."""
        return bool(
            people_given(event)
            or self.people & people_in(event)
            or self.groups.intersection(groups_in(event))
            or channel_to_know(event) in self.channels
        )
