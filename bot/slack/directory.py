"""Keeps people, channels and memberships as Slack has them; asks Slack outside any transaction."""

from collections.abc import Callable, Iterable
from contextvars import copy_context
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Final

from bot.core import channels, groups, heartbeat, logs, people, workspaces
from bot.core.bot import Bot
from bot.core.db import REFUSES
from bot.core.errors import (
    SlackError,
    SlackRateLimited,
    SlackRefused,
    SlackTokenDead,
    WorkspaceGone,
)
from bot.core.events import (
    ChannelChanged,
    ChannelJoined,
    GroupChanged,
    LeaveChanged,
    MemberJoined,
    MemberLeft,
    PersonChanged,
    PersonEnrolled,
    PersonLeft,
    ZoneChanged,
)
from bot.core.groups import Group
from bot.core.unit_of_work import UnitOfWork
from bot.slack.asking import Asking
from bot.slack.gateway import Gateway

log = logs.get(__name__)

BATCH: Final = 20
HOUR: Final = timedelta(hours=1)
DOUBTED_AFTER: Final = timedelta(hours=12)
"""A channel is asked about again after this time: an event about it may have been missed."""
MOST_MET: Final = 50
"""So many people of a group are asked about at once; others are met where they share a channel."""
FRESH: Final = timedelta(minutes=1)
PATIENCE: Final = 1.0  # seconds, of the three in which somebody who waits has to be answered


class Directory:
    """Asks Slack about whom and what we do not know yet, or not any more."""

    def __init__(self, bot: Bot, gateway: Gateway) -> None:
        self._bot, self._gateway = bot, gateway
        self._ask = Asking(bot).ask

    def register(self) -> None:
        """Listens to memberships, keeps everything fresh, and is whom the house asks."""
        self._bot.memberships = self
        self._bot.on(MemberJoined, self.note_joined)
        self._bot.on_before_others(MemberLeft, note_left)
        self._bot.on(ChannelChanged, note_changed)
        self._bot.on(PersonChanged, note_person_changed)
        self._bot.on(GroupChanged, note_group_changed)
        self._bot.every_tick(self.sync_channels)
        self._bot.every_tick(self.meet_members)
        self._bot.every_tick(self.refresh_people)
        self._bot.every(HOUR, doubt_old)

    def ensure_known(self, team_id: str, user_ids: Iterable[str]) -> None:
        """Asks Slack about the people we have not met. Raises SlackError."""
        with self._bot.reading() as (session, _):
            missing = people.unknown(session, team_id, user_ids)
        for user_id in missing:
            self._meet(team_id, user_id)

    def ensure_fresh(self, team_id: str, user_ids: Iterable[str]) -> None:
        """Asks Slack again about people before something important, if it answers at once."""
        with self._bot.reading() as (session, now):
            old = people.older_than(session, team_id, user_ids, now - FRESH)
        for user_id in old:
            self._try_at_once("person", team_id, partial(self._meet, team_id, user_id))

    def is_fresh(self, team_id: str, user_id: str) -> bool:
        """Whether Slack told of somebody within the last minute."""
        with self._bot.reading() as (session, now):
            return not people.older_than(session, team_id, [user_id], now - FRESH)

    def ensure_groups_known(self, team_id: str, group_ids: Iterable[str]) -> None:
        """Asks Slack about user groups unless they are known as they are. Raises SlackError.

        Nobody is in a group of which Slack does not want to tell; it is asked again as of others.
        """
        with self._bot.reading() as (session, now):
            unsure = groups.unsure(session, team_id, group_ids, now=now)
        for group_id in unsure:
            self._learn_group(team_id, group_id)

    def try_groups(self, team_id: str, group_ids: Iterable[str]) -> None:
        """The same for somebody who waits: as far as Slack answers at once."""
        wanted = list(group_ids)
        if wanted:
            work = partial(self.ensure_groups_known, team_id, wanted)
            self._try_at_once("group", team_id, work)

    def ensure_synced(self, team_id: str, channel_id: str) -> None:
        """Asks Slack about a channel unless it is known as it is. Raises SlackError."""
        with self._bot.reading() as (session, _):
            unsynced = channels.unsynced_among(session, team_id, [channel_id])
        if unsynced:
            self._sync(team_id, channel_id)

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Asks Slack who is in these channels, as long as it answers and within its limits."""
        asking = _beside(partial(self._ask_in_turn, team_id, channel_ids))
        asking.join(patience.total_seconds())

    def discover(self, team_id: str, *, after_start: bool = False) -> None:
        """Marks the channels Baton is in now, and doubts what is known: events may be missing.

        Where events were taken in until a moment before the start, only what differs is marked: of
        a large workspace Slack takes minutes to tell all, and what is said there waits for it.
        """
        slack, generation = self._under(team_id)
        inside = {channel.channel_id for channel in slack.joined_channels(team_id)}
        machine_now = self._bot.machine_clock.now()
        with self._bot.begin(team_id, during="directory", generation=generation) as uow:
            if after_start and heartbeat.is_unbroken(uow.session, machine_now):
                inside ^= set(channels.joined(uow.session, team_id))
            else:
                channels.doubt_all(uow.session, team_id)
                groups.doubt_all(uow.session, team_id, now=uow.now)
            for channel_id in sorted(inside):
                channels.mark_unsynced(uow.session, team_id, channel_id)

    def sync_channels(self, bot: Bot) -> None:
        """Asks Slack about channels that changed: what they are and who is in them."""
        with bot.reading() as (session, _):
            due = channels.unsynced(session, limit=BATCH)
        self._learn("channel", due, self._sync)

    def meet_members(self, bot: Bot) -> None:
        """Asks Slack about members of channels whom we have not met."""
        with bot.reading() as (session, _):
            due = channels.unmet(session, limit=BATCH)
        self._learn("person", due, self._meet)

    def refresh_people(self, bot: Bot) -> None:
        """Asks Slack again about people whose zone or role may have changed meanwhile."""
        with bot.reading() as (session, now):
            due = people.stale(session, now=now, limit=BATCH)
        self._learn("person", due, self._meet)

    def note_joined(self, event: MemberJoined, uow: UnitOfWork) -> None:
        """Somebody joined; when it was Baton, everybody in the channel is new to us."""
        if event.user_id == uow.workspace.bot_user_id:
            channels.mark_unsynced(uow.session, uow.team_id, event.channel_id)
            return
        place = (uow.session, uow.team_id, event.channel_id)
        channels.note_member(*place, event.user_id, is_member=True, as_of=event.at)
        self._enrol(uow, event.user_id)

    def _learn(
        self, what: str, due: Iterable[tuple[str, str]], work: Callable[[str, str], None]
    ) -> None:
        """What is due now; nothing more of it where the database refuses to note any of it."""
        try:
            for team_id, each in due:
                self._try(what, team_id, partial(work, team_id, each))
        except REFUSES as error:
            log.warning("what slack tells cannot be noted", about=what, error=error)

    def _ask_in_turn(self, team_id: str, channel_ids: Iterable[str]) -> None:
        try:
            for channel_id in channel_ids:
                if not self._try("channel", team_id, partial(self._sync, team_id, channel_id)):
                    return
        except Exception:
            log.exception("not asked who is in a channel", team=team_id)

    def _sync(self, team_id: str, channel_id: str) -> None:
        asked_at = self._bot.clock.now()
        slack, generation = self._under(team_id)
        ask = partial(self._ask, team_id)
        found = ask("conversations.info", lambda: slack.channel(team_id, channel_id))
        members: list[str] = []
        if found and found.is_member:
            members = ask("conversations.members", lambda: slack.members(team_id, channel_id))
        with self._bot.begin(team_id, during="directory", generation=generation) as uow:
            if found is None:
                channels.forget(uow.session, team_id, channel_id, as_of=asked_at)
                return
            saved = channels.save(uow.session, team_id, found, members, as_of=asked_at)
            for user_id in saved.joined:
                self._enrol(uow, user_id)
            if saved.is_new:
                self._bot.emit(ChannelJoined(team_id=team_id, channel_id=channel_id), uow)

    def _meet(self, team_id: str, user_id: str) -> None:
        with self._bot.reading() as (session, _):
            known = people.fetched_at(session, team_id, user_id)
            generation = workspaces.generation_of(session, team_id)
        slack = self._gateway.under(generation)
        found = self._ask(team_id, "users.info", lambda: slack.person(team_id, user_id))
        with self._bot.begin(team_id, during="directory", generation=generation) as uow:
            if people.fetched_at(uow.session, team_id, user_id, lock=True) != known:
                return  # somebody else asked later, or there is news: what was told may be old
            before = people.find(uow.session, team_id, user_id)
            people.save(uow.session, team_id, found, now=uow.now)
            if before is None or not before.is_member:
                self._enrol(uow, user_id)
            elif not found.is_member:
                self._bot.emit(PersonLeft(team_id=team_id, user_id=user_id), uow)
            elif before.time_zone != found.time_zone:
                self._bot.emit(ZoneChanged(team_id=team_id, user_id=user_id), uow)
            elif before.status != found.status:
                self._bot.emit(LeaveChanged(team_id=team_id, user_id=user_id), uow)

    def _learn_group(self, team_id: str, group_id: str) -> None:
        asked_at = self._bot.clock.now()
        slack, generation = self._under(team_id)
        found = self._group(slack, team_id, group_id)
        with self._bot.reading() as (session, _):
            missing = people.unknown(session, team_id, found.members)
        for user_id in missing[:MOST_MET]:
            self._meet(team_id, user_id)
        with self._bot.begin(team_id, during="directory", generation=generation) as uow:
            groups.save(uow.session, team_id, found, as_of=asked_at)

    def _under(self, team_id: str) -> tuple[Gateway, int]:
        """How Slack is asked by whose leave Baton is there now, and what that is to be still."""
        with self._bot.reading() as (session, _):
            generation = workspaces.generation_of(session, team_id)
        return self._gateway.under(generation), generation

    def _group(self, slack: Gateway, team_id: str, group_id: str) -> Group:
        """What Slack says of a group; nobody is in one of which it does not want to tell."""
        ask = partial(self._ask, team_id)
        try:
            handles = ask("usergroups.list", lambda: slack.group_handles(team_id))
            inside = ask("usergroups.users.list", lambda: slack.group_members(team_id, group_id))
        except SlackTokenDead:
            raise
        except SlackRefused as error:
            log.warning("slack does not tell of a group", team=team_id, error=error)
            return Group(group_id)
        return Group(group_id, handles.get(group_id, ""), frozenset(inside))

    def _enrol(self, uow: UnitOfWork, user_id: str) -> None:
        person = people.find(uow.session, uow.team_id, user_id)
        if person is not None and channels.is_enrolled(uow.session, uow.team_id, person):
            self._bot.emit(PersonEnrolled(team_id=uow.team_id, user_id=user_id), uow)

    def _try_at_once(self, what: str, team_id: str, work: Callable[[], None]) -> None:
        """Does what somebody waits for; if Slack is slow it ends after they were answered."""
        _beside(partial(self._try_alone, what, team_id, work)).join(PATIENCE)

    def _try_alone(self, what: str, team_id: str, work: Callable[[], None]) -> None:
        try:
            self._try(what, team_id, work)
        except REFUSES as error:
            log.warning("what slack tells cannot be noted", about=what, error=error)

    def _try(self, what: str, team_id: str, work: Callable[[], None]) -> bool:
        """Whether there is any use in asking on: what is wrong with one may be well with others."""
        try:
            work()
        except SlackRateLimited:
            log.debug("slack is asked later", about=what, team=team_id)
            return False
        except SlackError as error:
            log.warning("slack could not be asked", about=what, team=team_id, error=error)
            return isinstance(error, SlackRefused) and not isinstance(error, SlackTokenDead)
        except WorkspaceGone:
            return False
        except REFUSES:
            raise  # so it is with all the others
        except Exception as error:  # one that fails must not hold up the others
            log.exception("not learned", about=what, team=team_id, error=type(error).__name__)
        return True


def _beside(work: Callable[[], None]) -> Thread:
    """A thread that has begun with it, under the same trace."""
    thread = Thread(target=copy_context().run, args=(work,), daemon=True)
    thread.start()
    return thread


def note_left(event: MemberLeft, uow: UnitOfWork) -> None:
    """Somebody left; when it was Baton, nobody is enrolled by this channel any more."""
    place = (uow.session, uow.team_id, event.channel_id)
    if event.user_id == uow.workspace.bot_user_id:
        channels.forget(*place, as_of=event.at)
        channels.mark_unsynced(*place)
    else:
        channels.note_member(*place, event.user_id, is_member=False, as_of=event.at)


def note_changed(event: ChannelChanged, uow: UnitOfWork) -> None:
    """A channel changed: what we know of it has to be asked for again."""
    if channels.find(uow.session, uow.team_id, event.channel_id) is not None:
        channels.mark_unsynced(uow.session, uow.team_id, event.channel_id)


def note_person_changed(event: PersonChanged, uow: UnitOfWork) -> None:
    """Somebody's zone, role or status changed: they have to be asked about again, if known."""
    people.doubt(uow.session, uow.team_id, event.user_id, now=uow.now)


def note_group_changed(event: GroupChanged, uow: UnitOfWork) -> None:
    """A user group changed: it has to be asked about again before it next counts, if known."""
    groups.doubt(uow.session, uow.team_id, event.group_id, now=uow.now)


def doubt_old(bot: Bot) -> None:
    """Has channels asked about again that were not for long."""
    now = bot.clock.now()
    with bot.database.transaction() as session:
        channels.doubt_old(session, before=now - DOUBTED_AFTER)


def remember(bot: Bot, workspace: workspaces.Workspace) -> None:
    """Records the workspace that the token belongs to."""
    with bot.database.transaction() as session:
        workspaces.save(session, workspace, now=bot.clock.now())
