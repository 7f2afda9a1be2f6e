"""What many events need before they are handed out, done for all of them at once.

Whom and what they speak of is looked up by a few statements, and what was said is stored in one
transaction. Whatever is not as simple as that is left, to be dealt with alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeGuard, get_args

from sqlalchemy.orm import Session

from bot.core import channels, groups, logs, message_store, people, workspaces
from bot.core.bot import Bot, Sift, Subscription
from bot.core.db import grouped
from bot.core.events import AppPosted, ChannelKind, Conversation, Event, MessagePosted
from bot.core.inbox import InboxRow
from bot.core.queue import Claim
from bot.core.workspaces import Workspace
from bot.slack.inbound import groups_in, people_given, people_in
from bot.slack.payloads import Json

log = logs.get(__name__)

IN_CHANNELS: Final = frozenset({ChannelKind.PUBLIC, ChannelKind.PRIVATE})
_CONVERSATION: Final = get_args(Conversation)


@dataclass(slots=True)
class Arrived:
    """A claimed event as it was read; None: it tells nothing that concerns Baton.

    Once it was prepared `generation` is that of the installation by which it came, and of those
    who want it `listeners` are whom it concerns, unless that `is_stale`: one before it in its
    conversation did something. `is_of_nobody`: it came by no installation that lives.
    """

    claim: Claim[InboxRow]
    payload: Json
    event: Event | None
    generation: int | None = None
    wanted_by: Sequence[Subscription] = ()
    listeners: list[Subscription] = field(default_factory=list)
    is_stale: bool = False
    is_of_nobody: bool = False


def generation_of(workspace: Workspace | None, payload: Mapping[str, object]) -> int | None:
    """By which installation an event came to a workspace; None: by none that lives."""
    if workspace is None:
        return None
    happened = payload.get("event_time")
    is_of_before = (
        workspace.generation
        and workspace.installed_at is not None
        and isinstance(happened, int)
        and happened < int(workspace.installed_at.timestamp())
    )
    return None if is_of_before else workspace.generation


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
        workspace = workspaces.find(session, team_id)
        generations = [generation_of(workspace, each.payload) for each in arrived]
        events = [each.event for each in arrived if each.event is not None]
        strange = _Strange.among(session, team_id, events, now=now)
    ready = []
    for each, generation in zip(arrived, generations, strict=True):
        each.is_of_nobody = generation is None
        if generation is not None and (
            each.event is None or not strange.has_to_do_with(each.event)
        ):
            ready.append((each, generation))
    if workspace is None or not ready:
        return
    events = [each.event for each, _ in ready if each.event is not None]
    store(bot, team_id, events, generation=workspace.generation)
    for each, _ in ready:
        each.wanted_by = bot.subscriptions_to(each.event) if each.event is not None else ()
    sift(bot, team_id, [each for each, _ in ready])
    for each, generation in ready:
        each.generation = generation


def store(bot: Bot, team_id: str, events: Sequence[Event], *, generation: int) -> None:
    """Stores those of a workspace's events that tell what was said. Raises WorkspaceGone."""
    told = [event for event in events if _tells(event)]
    if told:
        with bot.database.transaction() as session:
            workspaces.enter(session, team_id, generation=generation)
            message_store.record_all(session, told)


def _tells(event: Event) -> TypeGuard[Conversation]:
    return isinstance(event, _CONVERSATION)


def sift(bot: Bot, team_id: str, arrived: Sequence[Arrived]) -> None:
    """Finds those whom events concern among those who want them: some of it is stored only."""
    to_sift: dict[tuple[Subscription, Sift], list[Arrived]] = {}
    for each in arrived:
        each.listeners = [*each.wanted_by]
        for listener in each.wanted_by:
            if listener.sift is not None:
                to_sift.setdefault((listener, listener.sift), []).append(each)
    if not to_sift:
        return
    with bot.database.reading() as session:
        for (listener, sifted), some in to_sift.items():
            concern = {
                id(event) for event in sifted(session, team_id, [each.event for each in some])
            }
            for each in some:
                if id(each.event) not in concern:
                    each.listeners.remove(listener)


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
